/** Package work kept apart: one at a time on a node, in processes that outlive the agent. */
package dev.fleetmend.node.worker;
