/** The agent's state folder: files that are wholly there or not at all, private to their owner. */
package dev.fleetmend.node.state;
