/**
 * Carrying out journalled transactions, in a process of their own. A transaction is always judged
 * by what stands on the host, so that it can be gone on with after it was killed anywhere.
 */
package dev.fleetmend.node.transaction;
