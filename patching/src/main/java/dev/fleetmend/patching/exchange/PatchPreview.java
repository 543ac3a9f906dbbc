package dev.fleetmend.patching.exchange;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a patch operation would do to a node, tried by its package manager without doing it.
 *
 * @param operation {@code Install} or {@code Uninstall}
 * @param baselineId that decided, empty for an Uninstall
 * @param undoes the transactions that would be taken back, in that order
 * @param downloadBytes of all package files that are not on the node yet, the outgoing ones that
 *     the vault would keep included
 * @param services units that come with the changed packages, which their packages restart
 * @param reboots whether the operation would end with a reboot
 * @param obstacles why the operation would stop before it changes anything, one line each
 * @param notes for people, one line each
 */
public record PatchPreview(
    String operation,
    String baselineId,
    List<String> undoes,
    List<PreviewedChange> changes,
    List<LeftOutPatch> leftOut,
    long downloadBytes,
    List<String> services,
    boolean reboots,
    List<String> obstacles,
    List<String> notes) {
  public PatchPreview {
    undoes = List.copyOf(undoes);
    changes = List.copyOf(changes);
    leftOut = List.copyOf(leftOut);
    services = List.copyOf(services);
    obstacles = List.copyOf(obstacles);
    notes = List.copyOf(notes);
  }

  /** The changes that one transaction would make, as a run that is held to this must find them. */
  public List<String> lines(String undone) {
    return changes.stream()
        .filter(change -> change.undoes().equals(undone))
        .map(PreviewedChange::line)
        .sorted()
        .toList();
  }

  /** What is binding of it, and hashed: the operation, the transactions taken back, the changes. */
  public String binding() {
    Stream<String> lines =
        Stream.of(
                Stream.of(operation),
                undoes.stream(),
                changes.stream().map(change -> change.undoes() + " " + change.line()).sorted())
            .flatMap(part -> part);
    return String.join("\n", lines.toList());
  }
}
