package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the content of Automation documents as far as they are kept: schema 0.3 with steps. */
final class AutomationContent {
  private AutomationContent() {}

  /**
   * What DescribeDocument tells of it.
   *
   * @throws ApiException InvalidDocumentContent or InvalidDocumentSchemaVersion
   */
  static ContentSummary read(Map<String, Object> content) {
    String schemaVersion = CommandContent.schemaVersion(content);
    if (!schemaVersion.equals("0.3")) {
      throw new ApiException(
          "InvalidDocumentSchemaVersion",
          "Schema version "
              + schemaVersion
              + " is not supported for documents of type Automation; 0.3 is.");
    }
    if (!(content.get("mainSteps") instanceof List<?> steps) || steps.isEmpty()) {
      throw Problems.content("mainSteps must be a list of at least one step");
    }
    Set<String> names = new HashSet<>();
    for (Object element : steps) {
      Map<String, Object> step = ParameterReader.object(element, "A step of mainSteps");
      if (!(step.get("name") instanceof String name)
          || !(step.get("action") instanceof String)
          || !names.add(name)) {
        throw Problems.content("Each step needs an action, and a name of its own");
      }
    }
    return new ContentSummary(
        schemaVersion, CommandContent.description(content), Plugins.PLATFORMS, List.of());
  }
}
