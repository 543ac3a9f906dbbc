package dev.fleetmend.server.window;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** What an invocation sent, as the text that reads of invocations show. */
final class SentParameters {
  private SentParameters() {}

  static String text(SendCommandRequest command) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("comment", command.comment() == null ? "" : command.comment());
    json.put("documentName", command.documentName());
    ObjectNode parameters = json.putObject("parameters");
    command.parameters().forEach((name, values) -> put(parameters, name, values));
    command
        .targets()
        .forEach(
            target ->
                put(
                    json.withArray("targets").addObject().put("key", target.key()),
                    "values",
                    target.values()));
    json.put("maxConcurrency", command.maxConcurrency());
    json.put("maxErrors", command.maxErrors());
    if (command.timeoutSeconds() != null) {
      json.put("timeoutSeconds", command.timeoutSeconds());
    }
    return json.toString();
  }

  private static void put(ObjectNode json, String name, List<String> values) {
    values.forEach(json.putArray(name)::add);
  }
}
