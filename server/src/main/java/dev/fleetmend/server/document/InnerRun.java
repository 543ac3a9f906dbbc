package dev.fleetmend.server.document;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document that a step of another runs ({@code aws:runDocument}) or fetches ({@code
 * aws:downloadContent}).
 *
 * @param document its name, without a version
 * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or null for the default
 * @param parameters what it is run with
 */
public record InnerRun(String document, @Nullable String version, Map<String, Object> parameters) {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]+)\\s*\\}\\}");

  /** All of a document's content, where it is run with these parameters. */
  public static List<InnerRun> of(Map<String, Object> content, Map<String, Object> parameters) {
    Map<String, Object> values = values(content, parameters);
    List<InnerRun> runs = new ArrayList<>();
    if (content.get("mainSteps") instanceof List<?> steps) {
      for (Object step : steps) {
        if (step instanceof Map<?, ?> one && one.get("inputs") instanceof Map<?, ?> inputs) {
          add(runs, String.valueOf(one.get("action")), inputs, values);
        }
      }
    }
    if (content.get("runtimeConfig") instanceof Map<?, ?> plugins) {
      plugins.forEach(
          (plugin, settings) -> {
            for (Object run : DocumentStep.properties(settings)) {
              if (run instanceof Map<?, ?> inputs) {
                add(runs, String.valueOf(plugin), inputs, values);
              }
            }
          });
    }
    return runs;
  }

  private static void add(
      List<InnerRun> runs, String action, Map<?, ?> inputs, Map<String, Object> values) {
    switch (action) {
      case "aws:runDocument" -> {
        if ("SSMDocument".equals(inputs.get("documentType"))) {
          runs.add(
              named(
                  filled(inputs.get("documentPath"), values),
                  object(inputs.get("documentParameters"), values)));
        }
      }
      case "aws:downloadContent" -> {
        if ("SSMDocument".equals(inputs.get("sourceType"))) {
          Object name = object(inputs.get("sourceInfo"), values).get("name");
          runs.add(named(String.valueOf(name), Map.of()));
        }
      }
      default -> {}
    }
  }

  /** {@code Name}, {@code Name:version}, or an ARN of either. */
  private static InnerRun named(String path, Map<String, Object> parameters) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0
        ? new InnerRun(last, null, parameters)
        : new InnerRun(last.substring(0, colon), last.substring(colon + 1), parameters);
  }

  private static Map<String, Object> values(
      Map<String, Object> content, Map<String, Object> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (content.get("parameters") instanceof Map<?, ?> declared) {
      declared.forEach(
          (name, definition) -> {
            if (definition instanceof Map<?, ?> one && one.get("default") != null) {
              values.put(String.valueOf(name), one.get("default"));
            }
          });
    }
    values.putAll(given);
    return values;
  }

  private static Map<String, Object> object(@Nullable Object value, Map<String, Object> values) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((name, member) -> object.put(String.valueOf(name), filled(member, values)));
      return object;
    }
    try {
      return value == null ? Map.of() : RecordJson.readObject(filled(value, values));
    } catch (MalformedJsonException e) {
      return Map.of();
    }
  }

  private static String filled(@Nullable Object value, Map<String, Object> values) {
    if (!(value instanceof String text)) {
      return String.valueOf(value);
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              Object named = values.get(found.group(1));
              return Matcher.quoteReplacement(
                  named == null ? found.group() : String.valueOf(named));
            });
  }
}
