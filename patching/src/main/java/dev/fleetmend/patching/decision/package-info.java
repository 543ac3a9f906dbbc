/**
 * What a baseline makes of a host: {@link dev.fleetmend.patching.decision.Decision} gives every
 * patch its state, {@link dev.fleetmend.patching.decision.Selection} says what an Install puts in.
 * Both are pure functions of baseline, facts, history and time. What differs between families of
 * operating systems is behind {@link dev.fleetmend.patching.decision.FamilyRules}.
 */
package dev.fleetmend.patching.decision;
