/**
 * What node and server hand each other about patching, as JSON through {@code RecordJson}. The
 * order of a run: {@code Fleetmend.ReportFacts}; for an Install {@code Fleetmend.BeginPatchRun},
 * whose answer names exactly what to put in; then, after new facts, {@code Fleetmend.EndPatchRun}.
 */
package dev.fleetmend.patching.exchange;
