/**
 * Many simulated nodes that speak the real agent protocol, and measurements of a running server.
 */
package dev.fleetmend.swarm;
