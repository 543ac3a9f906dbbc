package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.List;
import java.util.Locale;

/** One filter of ListDocuments: a document passes when any of the values fits. */
record DocumentFilter(String key, List<String> values) {
  DocumentFilter {
    if (key == null) {
      throw new ApiException("InvalidFilterKey", "A filter has no key.");
    }
  }

  /**
   * Whether the document passes.
   *
   * @throws ApiException InvalidFilterKey when there is no such key
   */
  boolean admits(CommandDocument document) {
    return switch (key) {
      case "Name" -> values.stream().anyMatch(value -> document.name().startsWith(value));
      case "Owner" -> values.stream().anyMatch(List.of("Amazon", "Public", "All")::contains);
      case "PlatformTypes" -> values.stream().anyMatch(document.platformTypes()::contains);
      case "DocumentType" -> values.contains("Command");
      case "SearchKeyword" -> values.stream().anyMatch(value -> mentions(document, value));
      case "TargetType" -> values.contains("/");
      default -> {
        if (key.startsWith("tag:")) {
          yield false;
        }
        throw new ApiException("InvalidFilterKey", "The filter key " + key + " is not valid.");
      }
    };
  }

  private static boolean mentions(CommandDocument document, String word) {
    String text = document.name() + " " + document.description();
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }
}
