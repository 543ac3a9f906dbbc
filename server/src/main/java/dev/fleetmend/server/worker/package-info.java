/**
 * Patch workers that are one script: where no agent of ours can run, the script that came with the
 * patch command reports raw facts and takes a plan, with a token that came with it too. What the
 * raw facts mean is decided here, behind {@link dev.fleetmend.server.worker.ScanReader}.
 */
package dev.fleetmend.server.worker;
