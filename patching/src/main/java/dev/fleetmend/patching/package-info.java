/**
 * The domain: versions, patches, facts, baselines, decisions, plans. Pure: no clock, no IO, no
 * library. Nodes report facts, the server decides, nodes carry out a plan; the records that travel
 * are in {@link dev.fleetmend.patching.exchange}.
 */
package dev.fleetmend.patching;
