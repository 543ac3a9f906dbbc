/**
 * What Fleetmend asks of a host's package manager, whichever it is. Each manager has a package of
 * its own that implements {@link dev.fleetmend.node.manager.PackageManager}.
 */
package dev.fleetmend.node.manager;
