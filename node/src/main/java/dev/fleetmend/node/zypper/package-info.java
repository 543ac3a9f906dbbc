/** The package manager of SUSE Linux Enterprise and openSUSE: zypper, over rpm. */
@NullMarked
package dev.fleetmend.node.zypper;

import org.jspecify.annotations.NullMarked;
