/**
 * Previews of patch operations: asked for through Run Command, tried on the nodes, kept with their
 * hashes until they expire, and handed back to the nodes for runs that are held to them.
 */
package dev.fleetmend.server.preview;
