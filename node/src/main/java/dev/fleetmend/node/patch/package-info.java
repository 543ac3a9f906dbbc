/**
 * Patching on the node. The agent hands a command to {@link dev.fleetmend.node.patch.PatchRun},
 * which asks the server through {@link dev.fleetmend.node.patch.PatchServer} what to do and changes
 * packages only in a process of its own, through {@link
 * dev.fleetmend.node.patch.TransactionWorkers}.
 */
package dev.fleetmend.node.patch;
