package dev.fleetmend.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.Patch;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchRule;

/**
 * A snapshot as nodes download it, in lower camel case: the frozen baseline, and for Windows what
 * it approves of the catalogue.
 */
final class SnapshotDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SnapshotDocument() {}

  static byte[] of(SnapshotTable.Frozen frozen, List<Patch> approved, String account) {
    GetPatchBaselineResponse given = frozen.baseline();
    ObjectNode baseline =
        JSON.objectNode()
            .put("accountId", account)
            .put("baselineId", given.baselineId())
            .put("name", given.name())
            .put("operatingSystem", given.operatingSystemAsString());
    baseline.set("globalFilters", filters(given.globalFilters().patchFilters()));
    ArrayNode rules = JSON.arrayNode();
    given.approvalRules().patchRules().forEach(rule -> rules.add(rule(rule)));
    baseline.set("approvalRules", JSON.objectNode().set("rules", rules));
    baseline.set("approvedPatches", texts(given.approvedPatches()));
    baseline.set("rejectedPatches", texts(given.rejectedPatches()));
    baseline.put("rejectedPatchesAction", given.rejectedPatchesActionAsString());
    ObjectNode document = JSON.objectNode().put("patchGroup", frozen.patchGroup());
    document.set("patchBaseline", baseline);
    ArrayNode patches = JSON.arrayNode();
    approved.forEach(patch -> patches.add(patch(patch)));
    document.set("patches", patches);
    return document.toString().getBytes(UTF_8);
  }

  private static ObjectNode patch(Patch patch) {
    return JSON.objectNode()
        .put("id", patch.id())
        .put("kbNumber", patch.kbNumber())
        .put("title", patch.title())
        .put("classification", patch.classification())
        .put("msrcSeverity", patch.msrcSeverity())
        .put("product", patch.product())
        .put("productFamily", patch.productFamily());
  }

  private static ObjectNode rule(PatchRule given) {
    ObjectNode rule =
        JSON.objectNode()
            .put("complianceLevel", given.complianceLevelAsString())
            .put("enableNonSecurity", Boolean.TRUE.equals(given.enableNonSecurity()))
            .put("approveAfterDays", given.approveAfterDays())
            .put("approveUntilDate", given.approveUntilDate());
    rule.set("filterGroup", filters(given.patchFilterGroup().patchFilters()));
    return rule;
  }

  private static ObjectNode filters(List<PatchFilter> given) {
    ArrayNode filters = JSON.arrayNode();
    for (PatchFilter filter : given) {
      ObjectNode one = JSON.objectNode().put("key", filter.keyAsString());
      one.set("values", texts(filter.values()));
      filters.add(one);
    }
    ObjectNode group = JSON.objectNode();
    group.set("filters", filters);
    return group;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
