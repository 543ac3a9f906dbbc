package dev.fleetmend.node.journal;

import dev.fleetmend.patching.exchange.PatchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of a transaction's journal. The first one carries the order, the one of {@link
 * Phase#VAULTED} what will change and how all stood before, the last one the results.
 *
 * @param at epoch milliseconds
 * @param note for people, may be empty
 * @param held packages that an administrator held before
 * @param automatic packages that were there only because others need them
 * @param configuration the touched packages' configuration files at this moment
 * @param differences what stands otherwise than it did before an undone transaction, for people
 */
public record Entry(
    long at,
    Phase phase,
    String bootId,
    String note,
    @Nullable Order order,
    List<Change> changes,
    List<String> held,
    List<String> automatic,
    List<ConfigurationFile> configuration,
    List<PatchResult> results,
    List<String> differences) {
  public Entry {
    changes = List.copyOf(changes);
    held = List.copyOf(held);
    automatic = List.copyOf(automatic);
    configuration = List.copyOf(configuration);
    results = List.copyOf(results);
    differences = List.copyOf(differences);
  }

  /** An entry that only says where the transaction stands. */
  public static Entry of(long at, Phase phase, String bootId, String note) {
    return new Entry(
        at, phase, bootId, note, null, List.of(), List.of(), List.of(), List.of(), List.of(),
        List.of());
  }

  Entry with(Order newOrder) {
    return new Entry(
        at,
        phase,
        bootId,
        note,
        newOrder,
        changes,
        held,
        automatic,
        configuration,
        results,
        differences);
  }

  /** With what will change and how all stands before. */
  public Entry with(
      List<Change> newChanges,
      List<String> newHeld,
      List<String> newAutomatic,
      List<ConfigurationFile> newConfiguration) {
    return new Entry(
        at,
        phase,
        bootId,
        note,
        order,
        newChanges,
        newHeld,
        newAutomatic,
        newConfiguration,
        results,
        differences);
  }

  /** With how it ended. */
  public Entry with(
      List<PatchResult> newResults,
      List<ConfigurationFile> newConfiguration,
      List<String> newDifferences) {
    return new Entry(
        at,
        phase,
        bootId,
        note,
        order,
        changes,
        held,
        automatic,
        newConfiguration,
        newResults,
        newDifferences);
  }
}
