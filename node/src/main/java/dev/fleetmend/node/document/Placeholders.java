package dev.fleetmend.node.document;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code {{ name }}}. A text that is exactly one placeholder becomes the parameter's value
 * with its JSON type; inside a longer text a list is written as JSON. Names that are no parameters
 * stay as they are.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.:/-]+)\\s*\\}\\}");

  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Map<String, Object> values;

  Placeholders(Map<String, Object> values) {
    this.values = values;
  }

  /** The same JSON value with its placeholders filled in, at any depth. */
  @Nullable Object fill(@Nullable Object value) throws DocumentException {
    return switch (value) {
      case String text -> fillText(text);
      case List<?> list -> {
        List<@Nullable Object> filled = new ArrayList<>();
        for (Object element : list) {
          filled.add(fill(element));
        }
        yield filled;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          filled.put((String) entry.getKey(), fill(entry.getValue()));
        }
        yield filled;
      }
      case null, default -> value;
    };
  }

  private Object fillText(String text) throws DocumentException {
    Matcher matcher = PLACEHOLDER.matcher(text);
    if (matcher.matches()) {
      Object whole = value(matcher.group(1));
      return whole == null ? text : whole;
    }
    matcher.reset();
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      Object value = value(matcher.group(1));
      String replacement = value == null ? matcher.group() : asText(value);
      matcher.appendReplacement(filled, Matcher.quoteReplacement(replacement));
    }
    return matcher.appendTail(filled).toString();
  }

  private @Nullable Object value(String name) throws DocumentException {
    if (name.startsWith("ssm:") || name.startsWith("ssm-secure:")) {
      throw new DocumentException(
          "{{" + name + "}}: this agent does not read Parameter Store; give the value itself");
    }
    return values.get(name);
  }

  private String asText(Object value) {
    return value instanceof List || value instanceof Map ? json.text(value) : value.toString();
  }
}
