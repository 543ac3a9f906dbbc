/** The managed host's side: the agent, package managers, journal and vault. */
package dev.fleetmend.node;
