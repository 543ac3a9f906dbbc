/** {@code fleetmend lab}: real hosts on this machine, enrolled with a server. */
@NullMarked
package dev.fleetmend.cli.lab;

import org.jspecify.annotations.NullMarked;
