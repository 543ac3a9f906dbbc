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
 */
public record Order(
    String kind,
    String commandId,
    String planHash,
    List<PackageVersion> wanted,
    List<String> blocked,
    String undoes,
    List<String> only) {
  /** Puts versions in. */
  public static final String INSTALL = "Install";

  /** Takes an installation back. */
  public static final String ROLLBACK = "Rollback";

  public Order {
    wanted = List.copyOf(wanted);
    blocked = List.copyOf(blocked);
    only = List.copyOf(only);
  }
}
