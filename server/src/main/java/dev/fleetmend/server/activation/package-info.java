/** Activations: what lets hosts enrol as managed nodes. */
package dev.fleetmend.server.activation;
