package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that Run Command can run.
 *
 * @param version a number as text
 * @param sha256 hex SHA-256 of its text
 * @param content the content as agents get it
 * @param platformTypes {@code Linux}, {@code Windows}, {@code MacOS}
 */
public record CommandDocument(
    String name,
    String version,
    String schemaVersion,
    @Nullable String description,
    String sha256,
    Map<String, Object> content,
    List<String> platformTypes,
    List<ParameterDefinition> parameters,
    List<DocumentStep> steps) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);
  private static final int SHORTEST_TIMEOUT = 5;
  private static final int LONGEST_TIMEOUT = 172_800;

  /**
   * The parameters of a command as agents take them.
   *
   * @throws ApiException InvalidParameters when one is unknown, missing, or not allowed
   */
  public Map<String, Object> accept(Map<String, List<String>> given) {
    Map<String, Object> accepted = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> entry : given.entrySet()) {
      ParameterDefinition definition = parameter(entry.getKey());
      if (definition == null) {
        throw new ApiException(
            "InvalidParameters",
            "Document " + name + " has no parameter " + entry.getKey() + "; it takes " + names());
      }
      accepted.put(definition.name(), definition.accept(entry.getValue()));
    }
    for (ParameterDefinition definition : parameters) {
      if (definition.required() && !accepted.containsKey(definition.name())) {
        throw new ApiException(
            "InvalidParameters",
            "Document " + name + " needs a value for parameter " + definition.name() + ".");
      }
    }
    return accepted;
  }

  /** How long all steps together may run with these parameters, as agents reckon it. */
  public Duration executionTimeout(Map<String, Object> accepted) {
    return platformTypes.stream()
        .map(platform -> timeout(platform, accepted))
        .max(Comparator.naturalOrder())
        .orElse(DEFAULT_TIMEOUT);
  }

  private Duration timeout(String platform, Map<String, Object> accepted) {
    return steps.stream()
        .filter(step -> step.runsOn(platform))
        .map(step -> stepTimeout(step.timeoutSeconds(), accepted))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Whether nodes of that platform type can run it. */
  public boolean runsOn(@Nullable String platformType) {
    return platformType != null && platformTypes.contains(platformType);
  }

  private Duration stepTimeout(String declared, Map<String, Object> accepted) {
    String text = declared;
    for (ParameterDefinition definition : parameters) {
      if (text.equals("{{ " + definition.name() + " }}")) {
        text = String.valueOf(accepted.getOrDefault(definition.name(), definition.defaultValue()));
      }
    }
    try {
      int seconds = Integer.parseInt(text);
      return seconds < SHORTEST_TIMEOUT || seconds > LONGEST_TIMEOUT
          ? DEFAULT_TIMEOUT
          : Duration.ofSeconds(seconds);
    } catch (NumberFormatException e) {
      return DEFAULT_TIMEOUT;
    }
  }

  private @Nullable ParameterDefinition parameter(String named) {
    return parameters.stream().filter(p -> p.name().equals(named)).findFirst().orElse(null);
  }

  private String names() {
    return String.join(", ", parameters.stream().map(ParameterDefinition::name).toList()) + ".";
  }
}
