package dev.fleetmend.server.window;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What an invocation sent, as the text that reads of invocations show. */
final class SentParameters {
  private static final String NODES = "instanceIds";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SentParameters() {}

  /**
   * The text.
   *
   * @param nodes the first of those that the command's targets meant
   */
  static String text(SendCommandRequest command, List<String> nodes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("comment", command.comment() == null ? "" : command.comment());
    json.put("documentName", command.documentName());
    put(json, NODES, nodes);
    json.put("maxConcurrency", command.maxConcurrency());
    json.put("maxErrors", command.maxErrors());
    ObjectNode parameters = json.putObject("parameters");
    command.parameters().forEach((name, values) -> put(parameters, name, values));
    if (command.timeoutSeconds() != null) {
      json.put("timeoutSeconds", command.timeoutSeconds());
    }
    return json.toString();
  }

  /** The nodes that such a text names; none where nothing was sent. */
  static List<String> nodes(@Nullable String text) {
    List<String> nodes = new ArrayList<>();
    if (text != null) {
      for (JsonNode node : tree(text).path(NODES)) {
        nodes.add(node.textValue());
      }
    }
    return nodes;
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not parameters that were sent: " + text, e);
    }
  }

  private static void put(ObjectNode json, String name, List<String> values) {
    values.forEach(json.putArray(name)::add);
  }
}
