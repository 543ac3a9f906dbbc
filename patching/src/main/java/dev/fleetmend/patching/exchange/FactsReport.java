package dev.fleetmend.patching.exchange;

import dev.fleetmend.patching.fact.HostFacts;
import org.jspecify.annotations.Nullable;

/**
 * {@code Fleetmend.ReportFacts}: a node's facts, by hash.
 *
 * @param hash hex SHA-256 of the facts' JSON as RecordJson writes it
 * @param facts the facts, or null when the node believes the server holds this hash
 */
public record FactsReport(String instanceId, String hash, @Nullable HostFacts facts) {}
