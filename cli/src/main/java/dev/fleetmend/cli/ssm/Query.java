package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.declare.Spelling;
import io.burt.jmespath.JmesPathException;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.Map;

/**
 * JMESPath whose names match without regard to case and punctuation, after those that are equal.
 */
final class Query extends JacksonRuntime {
  /**
   * What an expression picks.
   *
   * @throws IllegalArgumentException when the expression is wrong
   */
  JsonNode pick(String expression, JsonNode from) {
    try {
      return compile(expression).search(from);
    } catch (JmesPathException e) {
      throw new IllegalArgumentException(
          "--query is not JMESPath: " + String.valueOf(e.getMessage()).replace('\n', ' '), e);
    }
  }

  @Override
  public JsonNode getProperty(JsonNode value, JsonNode name) {
    if (!value.isObject() || value.has(name.asText())) {
      return super.getProperty(value, name);
    }
    String wanted = Aliases.resolve(Spelling.loose(name.asText()));
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (Spelling.loose(entry.getKey()).equals(wanted)) {
        return entry.getValue();
      }
    }
    return createNull();
  }
}
