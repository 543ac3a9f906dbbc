/** What this host says of itself: packages, network, processor, files. */
package dev.fleetmend.node.inventory;
