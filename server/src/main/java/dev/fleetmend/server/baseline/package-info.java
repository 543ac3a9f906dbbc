/**
 * Patch baselines, their defaults, and the patch groups that choose among them. Other capabilities
 * ask {@link dev.fleetmend.server.baseline.BaselineDirectory} which baseline a node is judged by.
 */
package dev.fleetmend.server.baseline;
