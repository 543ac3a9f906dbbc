/** Package files kept so that a host can go back to them, each with its SHA-256. */
package dev.fleetmend.node.vault;
