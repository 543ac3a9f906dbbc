package dev.fleetmend.server.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.api.Structures;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.tag.TagOperations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.DeletePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.DeletePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.GetDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetDefaultPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineResponse;

/** Create-, Update-, Get-, DeletePatchBaseline, and the default of an operating system. */
final class BaselineOperations {
  static final String TAGGED = "PatchBaseline";

  private final Core core;
  private final Baselines baselines;
  private final PatchGroupTable groups;
  private final TagDirectory tags;
  private final Consumer<Handle> changed;
  private final AwsJson json = new AwsJson();

  BaselineOperations(
      Core core,
      Baselines baselines,
      PatchGroupTable groups,
      TagDirectory tags,
      Consumer<Handle> changed) {
    this.core = core;
    this.baselines = baselines;
    this.groups = groups;
    this.tags = tags;
    this.changed = changed;
  }

  void offer(Operations operations) {
    operations.on(CreatePatchBaselineRequest.class, this::create);
    operations.on(UpdatePatchBaselineRequest.class, this::update);
    operations.on(GetPatchBaselineRequest.class, this::get);
    operations.on(DeletePatchBaselineRequest.class, this::delete);
    operations.on(RegisterDefaultPatchBaselineRequest.class, this::registerDefault);
    operations.on(GetDefaultPatchBaselineRequest.class, this::getDefault);
  }

  private CreatePatchBaselineResponse create(CreatePatchBaselineRequest request, Caller caller) {
    GetPatchBaselineResponse baseline = BaselineDefaults.of(request);
    BaselineChecks.check(baseline);
    Map<String, String> tagged = TagOperations.asMap(request.tags());
    return core.store()
        .write(
            tx -> {
              String id =
                  core.idempotency()
                      .once(
                          tx,
                          "CreatePatchBaseline",
                          request.clientToken(),
                          withoutToken(request),
                          () -> insert(tx, baseline, tagged));
              return CreatePatchBaselineResponse.builder().baselineId(id).build();
            });
  }

  /** With one token for all: the SDK would make one up where there is none. */
  private String withoutToken(CreatePatchBaselineRequest request) {
    return new String(json.write(request.toBuilder().clientToken("-").build()), UTF_8);
  }

  private String insert(Handle tx, GetPatchBaselineResponse baseline, Map<String, String> tagged) {
    int most = core.quotas().of(Quota.PATCH_BASELINES);
    if (baselines.table().count(tx) >= most) {
      throw new ApiException(
          "ResourceLimitExceededException",
          "The number of patch baselines exceeds the limit of " + most + ".");
    }
    String id = core.ids().patchBaseline();
    Instant now = core.clock().instant();
    baselines
        .table()
        .insert(tx, baseline.toBuilder().baselineId(id).createdDate(now).modifiedDate(now).build());
    tags.put(tx, TAGGED, id, tagged);
    return id;
  }

  private UpdatePatchBaselineResponse update(UpdatePatchBaselineRequest request, Caller caller) {
    requireCustom(request.baselineId());
    if (Boolean.TRUE.equals(request.replace()) && request.name() == null) {
      throw new ApiException("ValidationException", "Name is required when Replace is true.");
    }
    GetPatchBaselineResponse updated =
        core.store()
            .write(
                tx -> {
                  GetPatchBaselineResponse before =
                      baselines.require(tx, request.baselineId()).baseline();
                  GetPatchBaselineResponse after =
                      BaselineDefaults.of(request, before).toBuilder()
                          .createdDate(before.createdDate())
                          .modifiedDate(core.clock().instant())
                          .build();
                  BaselineChecks.check(after);
                  baselines.table().update(tx, after);
                  changed.accept(tx);
                  return after;
                });
    return Structures.copy(updated, UpdatePatchBaselineResponse.builder()).build();
  }

  private GetPatchBaselineResponse get(GetPatchBaselineRequest request, Caller caller) {
    return core.store()
        .read(
            db -> {
              GetPatchBaselineResponse baseline =
                  baselines.require(db, request.baselineId()).baseline();
              return baseline.toBuilder()
                  .patchGroups(groups.groupsOf(db, baseline.baselineId()))
                  .build();
            });
  }

  private DeletePatchBaselineResponse delete(DeletePatchBaselineRequest request, Caller caller) {
    requireCustom(request.baselineId());
    String id = baselines.canonicalId(request.baselineId());
    core.store()
        .change(
            tx -> {
              baselines.find(tx, id).ifPresent(stored -> requireUnused(tx, stored.baseline()));
              baselines.table().delete(tx, id);
              tags.forget(tx, TAGGED, id);
            });
    return DeletePatchBaselineResponse.builder().baselineId(id).build();
  }

  private void requireUnused(Handle db, GetPatchBaselineResponse baseline) {
    List<String> registered = groups.groupsOf(db, baseline.baselineId());
    if (!registered.isEmpty()) {
      throw new ApiException(
          "ResourceInUseException",
          "Patch baseline "
              + baseline.baselineId()
              + " is registered for patch groups "
              + registered
              + ". Deregister it from them first.");
    }
    if (baselines.isDefault(db, baseline)) {
      throw new ApiException(
          "ResourceInUseException",
          "Patch baseline "
              + baseline.baselineId()
              + " is the default for "
              + baseline.operatingSystemAsString()
              + ". Register another default first.");
    }
  }

  private void requireCustom(String id) {
    if (baselines.isPredefined(id)) {
      throw new ApiException(
          "InvalidResourceId",
          "Predefined patch baselines can't be changed or deleted. Create one of your own.");
    }
  }

  private RegisterDefaultPatchBaselineResponse registerDefault(
      RegisterDefaultPatchBaselineRequest request, Caller caller) {
    String id =
        core.store()
            .write(
                tx -> {
                  GetPatchBaselineResponse baseline =
                      baselines.require(tx, request.baselineId()).baseline();
                  baselines
                      .table()
                      .chooseDefault(tx, baseline.operatingSystemAsString(), baseline.baselineId());
                  changed.accept(tx);
                  return baseline.baselineId();
                });
    return RegisterDefaultPatchBaselineResponse.builder().baselineId(id).build();
  }

  private GetDefaultPatchBaselineResponse getDefault(
      GetDefaultPatchBaselineRequest request, Caller caller) {
    String system =
        request.operatingSystem() == null ? "WINDOWS" : request.operatingSystemAsString();
    return GetDefaultPatchBaselineResponse.builder()
        .baselineId(core.store().read(db -> baselines.defaultId(db, system)))
        .operatingSystem(system)
        .build();
  }
}
