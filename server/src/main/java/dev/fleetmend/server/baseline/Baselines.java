package dev.fleetmend.server.baseline;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.baseline.BaselineTable.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/**
 * All baselines, predefined and custom, by the ids that the wire uses: the whole ARN for predefined
 * ones, {@code pb-...} for custom ones (their own ARN is understood too).
 */
final class Baselines {
  private final PredefinedBaselines predefined;
  private final BaselineTable table;
  private final String ownArnPrefix;

  /**
   * @param ownArnPrefix what the ARN of a custom baseline begins with, up to its id
   */
  Baselines(PredefinedBaselines predefined, BaselineTable table, String ownArnPrefix) {
    this.predefined = predefined;
    this.table = table;
    this.ownArnPrefix = ownArnPrefix;
  }

  BaselineTable table() {
    return table;
  }

  /** The id under which a baseline is stored, from any of its spellings. */
  String canonicalId(String id) {
    return id.startsWith(ownArnPrefix) ? id.substring(ownArnPrefix.length()) : id;
  }

  boolean isPredefined(String id) {
    return predefined.find(id) != null;
  }

  Optional<Stored> find(Handle db, String id) {
    GetPatchBaselineResponse known = predefined.find(id);
    return known != null ? Optional.of(new Stored(known, 0)) : table.find(db, canonicalId(id));
  }

  /**
   * @throws ApiException InvalidResourceId where it can't be a baseline's id, DoesNotExistException
   *     where there is none
   */
  Stored require(Handle db, String id) {
    String canonical = canonicalId(id);
    if (!canonical.matches("pb-[0-9a-f]{17}") && !canonical.startsWith("arn:")) {
      throw new ApiException(
          "InvalidResourceId",
          "The resource ID is not valid. Verify that you entered the correct ID and try again.");
    }
    return find(db, canonical)
        .orElseThrow(
            () ->
                new ApiException(
                    "DoesNotExistException", "Patch Baseline to be retrieved does not exist."));
  }

  String defaultId(Handle db, String operatingSystem) {
    return table
        .chosenDefault(db, operatingSystem)
        .orElseGet(() -> predefined.defaultFor(operatingSystem));
  }

  boolean isDefault(Handle db, GetPatchBaselineResponse baseline) {
    return defaultId(db, baseline.operatingSystemAsString()).equals(baseline.baselineId());
  }

  /** Every baseline of an owner ({@code AWS}, {@code Self}, or null for both), by id. */
  List<GetPatchBaselineResponse> all(Handle db, @Nullable String owner) {
    List<GetPatchBaselineResponse> all = new ArrayList<>();
    if (!"Self".equals(owner)) {
      all.addAll(predefined.all().values());
    }
    if (!"AWS".equals(owner)) {
      table.all(db).forEach(stored -> all.add(stored.baseline()));
    }
    all.sort(Comparator.comparing(GetPatchBaselineResponse::baselineId));
    return all;
  }
}
