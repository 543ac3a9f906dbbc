package dev.fleetmend.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a document's JSON text: schema 1.2 with runtimeConfig, 2.x with mainSteps. */
final class DocumentParser {
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private final ObjectMapper json = new ObjectMapper();

  CommandDocument parse(String name, String version, List<String> platformTypes, String text) {
    Map<String, Object> content = content(text);
    return new CommandDocument(
        name,
        version,
        String.valueOf(content.get("schemaVersion")),
        String.valueOf(content.get("description")),
        text,
        sha256(text),
        content,
        platformTypes,
        parameters(content.get("parameters")),
        content.get("mainSteps") instanceof List<?> steps
            ? mainSteps(steps)
            : plugins(content.get("runtimeConfig")));
  }

  private Map<String, Object> content(String text) {
    try {
      return json.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  private static List<ParameterDefinition> parameters(@Nullable Object declared) {
    List<ParameterDefinition> parameters = new ArrayList<>();
    if (declared instanceof Map<?, ?> map) {
      map.forEach(
          (name, definition) ->
              parameters.add(ParameterDefinition.read(name.toString(), (Map<?, ?>) definition)));
    }
    return List.copyOf(parameters);
  }

  private static List<DocumentStep> mainSteps(List<?> declared) {
    return declared.stream()
        .map(step -> (Map<?, ?>) step)
        .map(
            step ->
                new DocumentStep(
                    String.valueOf(step.get("name")),
                    String.valueOf(step.get("action")),
                    timeout(step.get("inputs"))))
        .toList();
  }

  private static List<DocumentStep> plugins(@Nullable Object declared) {
    List<DocumentStep> steps = new ArrayList<>();
    if (declared instanceof Map<?, ?> plugins) {
      plugins.forEach(
          (plugin, settings) ->
              steps.add(
                  new DocumentStep(
                      plugin.toString(), plugin.toString(), timeout(firstProperty(settings)))));
    }
    return List.copyOf(steps);
  }

  private static @Nullable Object firstProperty(@Nullable Object settings) {
    return settings instanceof Map<?, ?> map
            && map.get("properties") instanceof List<?> list
            && !list.isEmpty()
        ? list.getFirst()
        : null;
  }

  private static String timeout(@Nullable Object inputs) {
    return inputs instanceof Map<?, ?> map ? String.valueOf(map.get("timeoutSeconds")) : "";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
