package dev.fleetmend.node.document;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.RecordJson;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a document inside of another: nobody has looked at them before the node does,
 * for the server sees those of commands only.
 */
final class InnerParameters {
  private final String document;
  private final Map<String, Object> declared;

  private InnerParameters(String document, Map<String, Object> declared) {
    this.document = document;
    this.declared = declared;
  }

  /** What {@code documentParameters} holds: a JSON object, or the text of one. */
  static Map<String, Object> read(@Nullable Object given) throws DocumentException {
    if (given instanceof String text) {
      try {
        return text.isBlank() ? Map.of() : RecordJson.readObject(text);
      } catch (MalformedJsonException e) {
        throw new DocumentException("documentParameters is no JSON object: " + e.getMessage());
      }
    }
    return given == null ? Map.of() : DocumentReader.object(given, "documentParameters");
  }

  /**
   * Looks whether a document takes these values.
   *
   * @throws DocumentException when one is unknown, missing, or not allowed
   */
  static void check(FetchedDocument document, Map<String, Object> given) throws DocumentException {
    Object parameters = document.content().get("parameters");
    new InnerParameters(
            document.name(),
            parameters == null ? Map.of() : DocumentReader.object(parameters, "parameters"))
        .check(given);
  }

  private void check(Map<String, Object> given) throws DocumentException {
    for (Map.Entry<String, Object> one : given.entrySet()) {
      if (!declared.containsKey(one.getKey())) {
        throw new DocumentException(
            "Document %s has no parameter %s".formatted(document, one.getKey()));
      }
      check(one.getKey(), definition(one.getKey()), one.getValue());
    }
    for (String name : declared.keySet()) {
      if (!given.containsKey(name) && definition(name).get("default") == null) {
        throw new DocumentException(
            "Document %s needs a value for parameter %s".formatted(document, name));
      }
    }
  }

  private Map<String, Object> definition(String name) throws DocumentException {
    return DocumentReader.object(declared.get(name), name);
  }

  private void check(String name, Map<String, Object> definition, Object value)
      throws DocumentException {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    if ("String".equals(definition.get("type")) && values.size() != 1) {
      throw notAllowed(name, "one value is");
    }
    for (Object one : values) {
      String text = String.valueOf(one);
      if (definition.get("allowedValues") instanceof List<?> allowed
          && allowed.stream().map(String::valueOf).noneMatch(text::equals)) {
        throw notAllowed(name, "only " + allowed + " are");
      }
      if (definition.get("allowedPattern") instanceof String pattern && !matches(pattern, text)) {
        throw notAllowed(name, "only what matches " + pattern + " is");
      }
    }
  }

  /** A pattern that is none, or that runs out of stack on a text, allows nothing. */
  private static boolean matches(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(text).find();
    } catch (PatternSyntaxException | StackOverflowError e) {
      return false;
    }
  }

  private DocumentException notAllowed(String name, String what) {
    return new DocumentException(
        "Document %s does not allow this value of parameter %s; %s allowed"
            .formatted(document, name, what));
  }
}
