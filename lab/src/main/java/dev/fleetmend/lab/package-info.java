/**
 * Real hosts and package repositories on this machine, for tests and for {@code fleetmend lab}.
 * Everything lives in namespaces that the lab makes itself; it needs root and Linux.
 */
@NullMarked
package dev.fleetmend.lab;

import org.jspecify.annotations.NullMarked;
