/** The agent packed with a small Java of its own, for hosts that have none. */
package dev.fleetmend.node.image;
