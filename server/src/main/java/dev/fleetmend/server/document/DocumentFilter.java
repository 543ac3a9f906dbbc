package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One filter of ListDocuments: a document passes when any of the values fits. */
record DocumentFilter(String key, List<String> values) {
  private static final String TAG = "tag:";

  DocumentFilter {
    if (key == null) {
      throw new ApiException("InvalidFilterKey", "A filter has no key.");
    }
  }

  boolean isOfTags() {
    return key.startsWith(TAG);
  }

  /**
   * Whether the document passes.
   *
   * @param tags the document's tags by key
   * @throws ApiException InvalidFilterKey when there is no such key
   */
  boolean admits(DocumentVersion document, Map<String, String> tags) {
    return switch (key) {
      case "Name" -> values.stream().anyMatch(value -> document.name().startsWith(value));
      case "Owner" -> values.stream().anyMatch(value -> isOwner(document, value));
      case "PlatformTypes" -> values.stream().anyMatch(document.platformTypes()::contains);
      case "DocumentType" -> values.contains(document.type().toString());
      case "SearchKeyword" -> values.stream().anyMatch(value -> mentions(document, value));
      case "TargetType" ->
          values.contains("/") || values.contains(String.valueOf(document.targetType()));
      default -> {
        if (key.startsWith(TAG)) {
          String value = tags.get(key.substring(TAG.length()));
          yield value != null && (values.isEmpty() || values.contains(value));
        }
        throw new ApiException("InvalidFilterKey", "The filter key " + key + " is not valid.");
      }
    };
  }

  /** Those that come with the server are Amazon's, and public. */
  private static boolean isOwner(DocumentVersion document, String owner) {
    return switch (owner) {
      case "All" -> true;
      case "Amazon", "Public" -> document.builtIn();
      case "Self", "self", "Private" -> !document.builtIn();
      default -> false;
    };
  }

  private static boolean mentions(DocumentVersion document, String word) {
    String text = document.name() + " " + document.description();
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }
}
