/**
 * What package managers over rpm share: the rpm database, package files, repository metadata, locks
 * and scripts, and the changes that rpm makes by itself.
 */
package dev.fleetmend.node.rpm;
