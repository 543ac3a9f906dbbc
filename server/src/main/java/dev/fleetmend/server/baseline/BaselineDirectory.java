package dev.fleetmend.server.baseline;

import dev.fleetmend.patching.baseline.Baseline;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/** What other capabilities may know of baselines. */
public interface BaselineDirectory {
  /**
   * The baseline of a node: its patch group's (tag {@code Patch Group}, else {@code PatchGroup}),
   * else the operating system's default.
   *
   * @param operatingSystem SSM's name, such as {@code DEBIAN}
   */
  EffectiveBaseline effectiveFor(String instanceId, String operatingSystem);

  /** A node's patch group, or empty. */
  String patchGroupOf(String instanceId);

  /** The nodes that are tagged as members of a patch group, in order. */
  List<String> membersOf(String patchGroup);

  /**
   * A baseline by any of its ids, as the wire has it.
   *
   * @throws dev.fleetmend.api.ApiException InvalidResourceId or DoesNotExistException
   */
  GetPatchBaselineResponse require(String baselineId);

  /**
   * The one baseline of an operating system that has a tag; empty where none has.
   *
   * @throws dev.fleetmend.api.ApiException ValidationException where several have
   */
  Optional<GetPatchBaselineResponse> tagged(String key, String value, String operatingSystem);

  /** A baseline of the wire as decisions need it. */
  Baseline rules(GetPatchBaselineResponse baseline);
}
