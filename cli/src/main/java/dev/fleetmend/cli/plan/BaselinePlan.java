package dev.fleetmend.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Paging;
import dev.fleetmend.cli.declare.Declaration;
import java.util.ArrayList;
import java.util.List;

/** Plans a patch baseline, which its name and operating system tell from others. */
final class BaselinePlan {
  private static final List<String> MEMBERS =
      List.of(
          "Description",
          "GlobalFilters",
          "ApprovalRules",
          "ApprovedPatches",
          "ApprovedPatchesComplianceLevel",
          "ApprovedPatchesEnableNonSecurity",
          "RejectedPatches",
          "RejectedPatchesAction",
          "Sources",
          "AvailableSecurityUpdatesComplianceStatus");

  private final Api api;
  private final Declaration.Baseline wanted;
  private final String system;
  private final String what;

  BaselinePlan(Api api, Declaration.Baseline wanted) {
    this.api = api;
    this.wanted = wanted;
    this.system = wanted.request().path("OperatingSystem").asText();
    this.what = "patch baseline " + wanted.name() + " (" + system + ")";
  }

  Change plan() {
    List<JsonNode> same = existing();
    if (same.size() > 1) {
      throw new Problem(
          ExitCode.FAILED,
          "there are "
              + same.size()
              + " baselines "
              + wanted.name()
              + " for "
              + system
              + ", and a file can't say which is meant; delete all but one. Nothing was changed");
    }
    return same.isEmpty() ? create() : update(same.getFirst());
  }

  private List<JsonNode> existing() {
    ObjectNode request = Api.request();
    filter(request, "NAME_PREFIX", wanted.name());
    filter(request, "OWNER", "Self");
    return Paging.list(api, "DescribePatchBaselines", request, "BaselineIdentities").stream()
        .filter(one -> one.path("BaselineName").asText().equals(wanted.name()))
        .filter(one -> one.path("OperatingSystem").asText().equals(system))
        .toList();
  }

  private static void filter(ObjectNode request, String key, String value) {
    request.withArray("Filters").addObject().put("Key", key).putArray("Values").add(value);
  }

  private Change create() {
    List<String> details = new ArrayList<>();
    if (wanted.patchGroups() != null) {
      wanted.patchGroups().forEach(group -> details.add("patch group " + group));
    }
    if (wanted.byDefault()) {
      details.add("becomes the default of " + system);
    }
    return new Change(
        Change.Kind.CREATE,
        what,
        details,
        progress -> {
          String id =
              api.ssm("CreatePatchBaseline", wanted.request().deepCopy())
                  .path("BaselineId")
                  .asText();
          register(id, List.of(), false);
          return "created " + what + ": " + id;
        });
  }

  private Change update(JsonNode identity) {
    String id = identity.path("BaselineId").asText();
    boolean isDefault = identity.path("DefaultBaseline").asBoolean();
    JsonNode old = api.ssm("GetPatchBaseline", Api.request().put("BaselineId", id));
    List<String> groups = new ArrayList<>();
    old.path("PatchGroups").forEach(group -> groups.add(group.asText()));
    List<String> members = Differences.between(old, wanted.request(), MEMBERS);
    List<String> details = new ArrayList<>(members);
    if (wanted.patchGroups() != null) {
      minus(wanted.patchGroups(), groups).forEach(group -> details.add("+ patch group " + group));
      minus(groups, wanted.patchGroups()).forEach(group -> details.add("- patch group " + group));
    }
    if (wanted.byDefault() && !isDefault) {
      details.add("becomes the default of " + system);
    }
    if (details.isEmpty()) {
      return Change.unchanged(what);
    }
    return new Change(
        Change.Kind.UPDATE,
        what,
        details,
        progress -> {
          if (!members.isEmpty()) {
            ObjectNode request = wanted.request().deepCopy();
            request.remove("OperatingSystem");
            api.ssm("UpdatePatchBaseline", request.put("BaselineId", id).put("Replace", true));
          }
          register(id, groups, isDefault);
          return "changed " + what + ": " + id;
        });
  }

  private void register(String id, List<String> groups, boolean isDefault) {
    if (wanted.patchGroups() != null) {
      for (String group : minus(groups, wanted.patchGroups())) {
        api.ssm("DeregisterPatchBaselineForPatchGroup", member(id, group));
      }
      for (String group : minus(wanted.patchGroups(), groups)) {
        api.ssm("RegisterPatchBaselineForPatchGroup", member(id, group));
      }
    }
    if (wanted.byDefault() && !isDefault) {
      api.ssm("RegisterDefaultPatchBaseline", Api.request().put("BaselineId", id));
    }
  }

  private static ObjectNode member(String id, String group) {
    return Api.request().put("BaselineId", id).put("PatchGroup", group);
  }

  private static List<String> minus(List<String> from, List<String> taken) {
    return from.stream().filter(one -> !taken.contains(one)).toList();
  }
}
