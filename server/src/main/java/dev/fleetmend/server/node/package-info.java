/** Managed nodes: who they are, whether they can be reached, and which of them a target means. */
package dev.fleetmend.server.node;
