package dev.fleetmend.server.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a document's content tells of itself. */
record ContentSummary(
    String schemaVersion,
    @Nullable String description,
    List<String> platformTypes,
    List<ParameterDefinition> parameters) {
  static ContentSummary of(CommandDocument document) {
    return new ContentSummary(
        document.schemaVersion(),
        document.description(),
        document.platformTypes(),
        document.parameters());
  }
}
