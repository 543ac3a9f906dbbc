package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.server.baseline.BaselineDirectory;
import dev.fleetmend.server.baseline.EffectiveBaseline;
import dev.fleetmend.server.store.Store;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/**
 * Which baseline a node, or one run of it, is judged by: the one that the command brought along,
 * the one that the command's snapshot froze, or the one in force for the node.
 */
final class RunBaselines {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Store store;
  private final BaselineDirectory directory;
  private final SnapshotTable snapshots;
  private final Overrides overrides;
  private final AwsJson json;

  RunBaselines(
      Store store,
      BaselineDirectory directory,
      SnapshotTable snapshots,
      Overrides overrides,
      AwsJson json) {
    this.store = store;
    this.directory = directory;
    this.snapshots = snapshots;
    this.overrides = overrides;
    this.json = json;
  }

  /** The baseline in force for a node, or the one that its last run brought along. */
  JudgedBy ofNode(String instanceId, String operatingSystem, @Nullable String override) {
    if (override != null) {
      GetPatchBaselineResponse brought =
          json.read(override.getBytes(UTF_8), GetPatchBaselineResponse.class);
      String group = directory.patchGroupOf(instanceId);
      return new JudgedBy(rules(brought), group, JudgedBy.FROZEN, override);
    }
    EffectiveBaseline effective = directory.effectiveFor(instanceId, operatingSystem);
    return new JudgedBy(effective.baseline(), effective.patchGroup(), effective.version(), null);
  }

  /**
   * The baseline for a run. Opens a transaction of its own.
   *
   * @param snapshotId a UUID, or empty
   * @param override the text of BaselineOverride, or null
   * @throws ApiException ValidationException where either cannot be read
   */
  JudgedBy ofRun(
      String instanceId, String operatingSystem, String snapshotId, @Nullable String override) {
    GetPatchBaselineResponse brought = override == null ? null : brought(override, operatingSystem);
    if (snapshotId.isEmpty()) {
      String text = brought == null ? null : new String(json.write(brought), UTF_8);
      return ofNode(instanceId, operatingSystem, text);
    }
    SnapshotTable.Frozen frozen = frozen(instanceId, operatingSystem, snapshotId, brought);
    String text = brought == null ? null : new String(json.write(frozen.baseline()), UTF_8);
    return new JudgedBy(rules(frozen.baseline()), frozen.patchGroup(), JudgedBy.FROZEN, text);
  }

  private @Nullable GetPatchBaselineResponse brought(String override, String operatingSystem) {
    Overrides.Tag tag = overrides.tag(override);
    return tag == null
        ? overrides.baseline(override, operatingSystem)
        : directory.tagged(tag.key(), tag.value(), operatingSystem).orElse(null);
  }

  /** The baseline that a snapshot froze, or now freezes, for a node's group and system. */
  SnapshotTable.Frozen frozen(
      String instanceId,
      String operatingSystem,
      String snapshotId,
      @Nullable GetPatchBaselineResponse brought) {
    if (!UUID.matcher(snapshotId).matches()) {
      throw new ApiException("ValidationException", "SnapshotId must be a UUID.");
    }
    EffectiveBaseline effective = directory.effectiveFor(instanceId, operatingSystem);
    GetPatchBaselineResponse baseline =
        brought == null ? directory.require(effective.baseline().id()) : brought;
    rules(baseline);
    return store.write(tx -> snapshots.freeze(tx, snapshotId, effective.patchGroup(), baseline));
  }

  Baseline rules(GetPatchBaselineResponse baseline) {
    try {
      return directory.rules(baseline);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          "ValidationException", "The patch baseline cannot be read: " + e.getMessage() + ".");
    }
  }
}
