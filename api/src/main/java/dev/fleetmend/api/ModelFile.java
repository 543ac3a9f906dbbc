package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service model in AWS's C2J form, on the class path: its operations' inputs and its shapes. */
record ModelFile(Map<String, String> inputs, Map<String, Shape> shapes) {

  static ModelFile load(String resource) {
    try (InputStream in = ModelFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the build left out " + resource);
      }
      return of(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelFile of(JsonNode root) {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("operations").properties()) {
      inputs.put(entry.getKey(), entry.getValue().path("input").path("shape").asText());
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.path("shapes").properties()) {
      shapes.put(entry.getKey(), shape(entry.getValue()));
    }
    return new ModelFile(inputs, shapes);
  }

  private static Shape shape(JsonNode node) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("members").properties()) {
      members.put(entry.getKey(), entry.getValue().path("shape").asText());
    }
    for (String role : List.of("member", "key", "value")) {
      if (node.has(role)) {
        members.put(role, node.get(role).path("shape").asText());
      }
    }
    return new Shape(
        node.path("type").asText(),
        members,
        texts(node.path("required")),
        limit(node, "min"),
        limit(node, "max"),
        node.has("pattern") ? Pattern.compile(node.get("pattern").asText()) : null,
        texts(node.path("enum")),
        node.path("sensitive").asBoolean());
  }

  private static @Nullable Long limit(JsonNode node, String name) {
    return node.has(name) ? node.get(name).asLong() : null;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      texts.add(element.asText());
    }
    return texts;
  }
}
