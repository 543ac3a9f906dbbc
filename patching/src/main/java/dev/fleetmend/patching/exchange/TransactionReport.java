package dev.fleetmend.patching.exchange;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;

/**
 * A journalled transaction on a node, as it ended.
 *
 * @param transactionId the journal's id of it
 * @param kind {@code Install} or {@code Rollback}
 * @param undoes the transaction that a rollback undid, else empty
 * @param bootId the boot it ran in
 * @param quarantined the versions a rollback took out, now held back
 * @param differences what stands otherwise than the record after a rollback, for people
 */
public record TransactionReport(
    String transactionId,
    String kind,
    String undoes,
    String bootId,
    List<PatchResult> results,
    List<PackageVersion> quarantined,
    List<String> differences) {
  public TransactionReport {
    results = List.copyOf(results);
    quarantined = List.copyOf(quarantined);
    differences = List.copyOf(differences);
  }
}
