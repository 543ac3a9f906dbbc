package dev.fleetmend.node.journal;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * What a transaction is to do.
 *
 * @param kind {@link #INSTALL} or {@link #ROLLBACK}
 * @param planHash the hash of the server's plan, empty for a rollback
 * @param wanted the exact versions to install; empty for a rollback
 * @param blocked names of packages that may not come along
 * @param undoes the transaction to undo; empty for an installation
 * @param only the packages of it to undo, as {@code name.arch}; empty for all
 * @param previewHash the hash of the preview that it is held to, empty where it is held to none
 * @param exactly the changes that were previewed, a line each; it changes these or nothing
 * @param onlyRevertible whether it changes nothing where some of it could not be taken back
 */
public record Order(
    String kind,
    String commandId,
    String planHash,
    List<PackageVersion> wanted,
    List<String> blocked,
    String undoes,
    List<String> only,
    String previewHash,
    List<String> exactly,
    boolean onlyRevertible) {
  /** Puts versions in. */
  public static final String INSTALL = "Install";

  /** Takes an installation back. */
  public static final String ROLLBACK = "Rollback";

  public Order {
    wanted = List.copyOf(wanted);
    blocked = List.copyOf(blocked);
    only = List.copyOf(only);
    exactly = List.copyOf(exactly);
  }

  /** Puts exact versions in, whatever comes along. */
  public static Order install(
      String commandId, String planHash, List<PackageVersion> wanted, List<String> blocked) {
    return new Order(
        INSTALL, commandId, planHash, wanted, blocked, "", List.of(), "", List.of(), false);
  }

  /** Takes packages of an installation back. */
  public static Order rollback(String commandId, String undoes, List<String> only) {
    return new Order(
        ROLLBACK, commandId, "", List.of(), List.of(), undoes, only, "", List.of(), false);
  }

  /** Held to what was previewed. */
  public Order heldTo(String hash, List<String> lines) {
    return new Order(
        kind, commandId, planHash, wanted, blocked, undoes, only, hash, lines, onlyRevertible);
  }

  /** Changing nothing where some of it could not be taken back. */
  public Order refusingNotRevertible() {
    return new Order(
        kind, commandId, planHash, wanted, blocked, undoes, only, previewHash, exactly, true);
  }

  /** Whether it is held to a preview. */
  public boolean isHeld() {
    return !previewHash.isEmpty();
  }
}
