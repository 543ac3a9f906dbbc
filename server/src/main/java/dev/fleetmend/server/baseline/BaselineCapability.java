package dev.fleetmend.server.baseline;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.baseline.BaselineTable.Stored;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/** Patch baselines and patch groups, put together. */
public final class BaselineCapability implements BaselineDirectory {
  private static final String NODES = "ManagedInstance";
  private static final String GROUP_TAG = "Patch Group";

  /** Where instance tags are shown in instance metadata, keys can't hold a blank. */
  private static final String GROUP_TAG_WITHOUT_BLANK = "PatchGroup";

  private final Core core;
  private final TagDirectory tags;
  private final Baselines baselines;
  private final PatchGroupTable groups = new PatchGroupTable();
  private final AwsJson json = new AwsJson();
  private final List<Consumer<Handle>> whenChanged = new ArrayList<>();

  public BaselineCapability(Core core, TagDirectory tags) {
    this.core = core;
    this.tags = tags;
    this.baselines =
        new Baselines(
            new PredefinedBaselines(core.config().region(), json),
            new BaselineTable(json),
            core.arn("patchbaseline/"));
  }

  /** Has somebody told, with the transaction, when nodes may be judged otherwise than before. */
  public void whenChanged(Consumer<Handle> listener) {
    whenChanged.add(listener);
  }

  private void changed(Handle tx) {
    whenChanged.forEach(listener -> listener.accept(tx));
  }

  public void offer() {
    new BaselineOperations(core, baselines, groups, tags, this::changed).offer(core.operations());
    new BaselineListing(core.store(), baselines).offer(core.operations());
    new PatchGroupOperations(core, baselines, groups, this::changed).offer(core.operations());
    new PatchProperties().offer(core.operations());
    tags.resources(
        BaselineOperations.TAGGED,
        id -> core.store().read(db -> baselines.table().find(db, id).isPresent()));
  }

  @Override
  public EffectiveBaseline effectiveFor(String instanceId, String operatingSystem) {
    String group = patchGroupOf(instanceId);
    return core.store()
        .read(
            db -> {
              String id =
                  groups
                      .baselineOf(db, group, operatingSystem)
                      .orElseGet(() -> baselines.defaultId(db, operatingSystem));
              Stored stored = baselines.require(db, id);
              return new EffectiveBaseline(
                  BaselineRules.of(stored.baseline()), group, stored.version());
            });
  }

  @Override
  public String patchGroupOf(String instanceId) {
    Map<String, String> tagged = tags.of(NODES, instanceId);
    return tagged.getOrDefault(GROUP_TAG, tagged.getOrDefault(GROUP_TAG_WITHOUT_BLANK, ""));
  }

  @Override
  public List<String> membersOf(String patchGroup) {
    return Stream.of(GROUP_TAG, GROUP_TAG_WITHOUT_BLANK)
        .flatMap(key -> tags.withTag(NODES, key, List.of(patchGroup)).stream())
        .distinct()
        .filter(instanceId -> patchGroupOf(instanceId).equals(patchGroup))
        .sorted()
        .toList();
  }

  @Override
  public GetPatchBaselineResponse require(String baselineId) {
    return core.store().read(db -> baselines.require(db, baselineId).baseline());
  }

  @Override
  public Optional<GetPatchBaselineResponse> tagged(
      String key, String value, String operatingSystem) {
    List<GetPatchBaselineResponse> found =
        tags.withTag(BaselineOperations.TAGGED, key, List.of(value)).stream()
            .map(this::require)
            .filter(baseline -> operatingSystem.equals(baseline.operatingSystemAsString()))
            .toList();
    if (found.size() > 1) {
      throw new ApiException(
          "ValidationException",
          "Several patch baselines for %s have the tag %s=%s; one may."
              .formatted(operatingSystem, key, value));
    }
    return found.stream().findFirst();
  }

  @Override
  public Baseline rules(GetPatchBaselineResponse baseline) {
    return BaselineRules.of(baseline);
  }
}
