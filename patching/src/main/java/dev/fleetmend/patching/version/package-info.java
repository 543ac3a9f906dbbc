/** How package managers order versions, one class an ordering. */
package dev.fleetmend.patching.version;
