package dev.fleetmend.cli.declare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a patch baseline. */
final class BaselineReader {
  static final List<String> KEYS =
      List.of(
          "Name",
          "Description",
          "OperatingSystem",
          "GlobalFilters",
          "ApprovalRules",
          "ApprovedPatches",
          "ApprovedPatchesComplianceLevel",
          "ApprovedPatchesEnableNonSecurity",
          "RejectedPatches",
          "RejectedPatchesAction",
          "Sources",
          "AvailableSecurityUpdatesComplianceStatus",
          "PatchGroups",
          "Default");

  private static final List<String> LEVELS =
      List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNSPECIFIED");
  private static final List<String> RULE_KEYS =
      List.of(
          "PatchFilterGroup",
          "ComplianceLevel",
          "ApproveAfterDays",
          "ApproveUntilDate",
          "EnableNonSecurity");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final Source source;
  private final Fields fields;
  private final FilterVocabulary vocabulary;
  private final String system;

  private BaselineReader(Source source, Value value) {
    this.source = source;
    this.fields = new Fields(source, value, "a patch baseline", KEYS);
    this.system = fields.oneOf("OperatingSystem", FilterVocabulary.systems()).orElse("WINDOWS");
    this.vocabulary = new FilterVocabulary(system);
  }

  static Declaration.Baseline read(Source source, Value value) {
    return new BaselineReader(source, value).read();
  }

  private Declaration.Baseline read() {
    List<String> notes = new ArrayList<>();
    String name = Names.resource(source, fields, notes);
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("Name", name).put("OperatingSystem", system);
    fields.text("Description").ifPresent(text -> request.put("Description", text));
    request
        .putObject("GlobalFilters")
        .set("PatchFilters", filters(fields.value("GlobalFilters"), notes));
    ArrayNode rules = request.putObject("ApprovalRules").putArray("PatchRules");
    for (Value rule : unwrap(fields.value("ApprovalRules"), "PatchRules")) {
      rules.add(rule(rule, notes));
    }
    fields.texts("ApprovedPatches").forEach(request.putArray("ApprovedPatches")::add);
    request.put(
        "ApprovedPatchesComplianceLevel",
        fields.oneOf("ApprovedPatchesComplianceLevel", LEVELS).orElse("UNSPECIFIED"));
    request.put(
        "ApprovedPatchesEnableNonSecurity",
        fields.flag("ApprovedPatchesEnableNonSecurity").orElse(false));
    fields.texts("RejectedPatches").forEach(request.putArray("RejectedPatches")::add);
    request.put(
        "RejectedPatchesAction",
        fields
            .oneOf("RejectedPatchesAction", List.of("ALLOW_AS_DEPENDENCY", "BLOCK"))
            .orElse("ALLOW_AS_DEPENDENCY"));
    request.set("Sources", sources());
    fields
        .oneOf("AvailableSecurityUpdatesComplianceStatus", List.of("COMPLIANT", "NON_COMPLIANT"))
        .ifPresent(status -> request.put("AvailableSecurityUpdatesComplianceStatus", status));
    return new Declaration.Baseline(
        name,
        request,
        fields.has("PatchGroups") ? List.copyOf(fields.texts("PatchGroups")) : null,
        fields.flag("Default").orElse(false),
        List.copyOf(notes));
  }

  private ObjectNode rule(Value value, List<String> notes) {
    Fields rule = new Fields(source, value, "an approval rule", RULE_KEYS);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("PatchFilterGroup")
        .set("PatchFilters", filters(rule.value("PatchFilterGroup"), notes));
    node.put("ComplianceLevel", rule.oneOf("ComplianceLevel", LEVELS).orElse("UNSPECIFIED"));
    if (rule.has("ApproveAfterDays") && rule.has("ApproveUntilDate")) {
      throw source.refuse(
          rule.line("ApproveUntilDate"),
          "a rule has ApproveAfterDays or ApproveUntilDate, not both");
    }
    if (vocabulary.hasReleaseDates()
        && !rule.has("ApproveAfterDays")
        && !rule.has("ApproveUntilDate")) {
      throw source.refuse(rule.line(), "the rule needs ApproveAfterDays or ApproveUntilDate");
    }
    rule.number("ApproveAfterDays", 0, 360).ifPresent(days -> node.put("ApproveAfterDays", days));
    rule.text("ApproveUntilDate").ifPresent(date -> node.put("ApproveUntilDate", date(rule, date)));
    node.put("EnableNonSecurity", rule.flag("EnableNonSecurity").orElse(false));
    return node;
  }

  private String date(Fields rule, String date) {
    if (!DATE.matcher(date).matches()) {
      throw source.refuse(
          rule.line("ApproveUntilDate"),
          "ApproveUntilDate is written yyyy-mm-dd, not '" + date + "'");
    }
    return date;
  }

  private ArrayNode filters(@Nullable Value value, List<String> notes) {
    ArrayNode filters = JsonNodeFactory.instance.arrayNode();
    for (Value item : unwrap(value, "PatchFilters")) {
      Fields filter =
          new Fields(source, item, "a filter", List.of("Key", "Values", "Type", "Enabled"));
      filter.oneOf("Type", List.of("Equal"));
      String key = vocabulary.key(source, filter.line("Key"), filter.require("Key"));
      List<String> values =
          vocabulary.values(source, filter.line("Values"), key, filter.texts("Values"));
      if (values.isEmpty()) {
        throw source.refuse(filter.line(), "the filter " + key + " has no values");
      }
      if (filter.flag("Enabled").orElse(true)) {
        ObjectNode node = filters.addObject().put("Key", key);
        values.forEach(node.putArray("Values")::add);
      } else {
        notes.add("the filter " + key + " is not enabled and is left out");
      }
    }
    return filters;
  }

  /** A list, with or without the structure that SSM puts around it. */
  private List<Value> unwrap(@Nullable Value value, String wrapper) {
    return switch (value) {
      case null -> List.of();
      case Value.Items items -> items.values();
      default -> new Fields(source, value, wrapper, List.of(wrapper)).items(wrapper);
    };
  }

  private ArrayNode sources() {
    ArrayNode sources = JsonNodeFactory.instance.arrayNode();
    for (Value value : fields.items("Sources")) {
      Fields one =
          new Fields(source, value, "a source", List.of("Name", "Products", "Configuration"));
      ObjectNode node = sources.addObject().put("Name", one.require("Name"));
      one.texts("Products").forEach(node.putArray("Products")::add);
      node.put("Configuration", one.require("Configuration"));
    }
    return sources;
  }
}
