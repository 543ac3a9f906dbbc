package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and reads the content of Command documents: schema 1.2 with plugins, 2.x with steps. */
final class CommandContent {
  private static final String PLUGINS = "1.2";
  private static final Set<String> STEPS = Set.of("2.0", "2.2");
  private static final Pattern STEP_NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  private final Map<String, Object> content;
  private final String schemaVersion;
  private final Set<String> platforms = new HashSet<>();

  private CommandContent(Map<String, Object> content, String schemaVersion) {
    this.content = content;
    this.schemaVersion = schemaVersion;
  }

  /**
   * The document.
   *
   * @throws ApiException InvalidDocumentContent or InvalidDocumentSchemaVersion where agents could
   *     not run it
   */
  static CommandDocument read(
      String name, String version, String sha256, Map<String, Object> content) {
    String schemaVersion = schemaVersion(content);
    if (!schemaVersion.equals(PLUGINS) && !STEPS.contains(schemaVersion)) {
      throw new ApiException(
          "InvalidDocumentSchemaVersion",
          "Schema version "
              + schemaVersion
              + " is not supported for documents of type Command; 1.2, 2.0 and 2.2 are.");
    }
    CommandContent read = new CommandContent(content, schemaVersion);
    List<ParameterDefinition> parameters =
        ParameterReader.read(content.get("parameters"), schemaVersion);
    if (schemaVersion.equals(PLUGINS)) {
      read.checkPlugins();
    } else {
      read.checkSteps();
    }
    return new CommandDocument(
        name,
        version,
        schemaVersion,
        description(content),
        sha256,
        content,
        Plugins.PLATFORMS.stream().filter(read.platforms::contains).toList(),
        parameters,
        DocumentStep.of(content));
  }

  static String schemaVersion(Map<String, Object> content) {
    if (content.get("schemaVersion") instanceof String text) {
      return text;
    }
    throw Problems.content(
        content.containsKey("schemaVersion")
            ? "schemaVersion must be text, such as \"2.2\" in quotes"
            : "schemaVersion is missing");
  }

  static @Nullable String description(Map<String, Object> content) {
    Object description = content.get("description");
    if (description != null && !(description instanceof String)) {
      throw Problems.content("description must be text");
    }
    return (String) description;
  }

  private void checkPlugins() {
    Map<String, Object> plugins =
        ParameterReader.object(content.get("runtimeConfig"), "runtimeConfig");
    if (plugins.isEmpty()) {
      throw Problems.content("runtimeConfig has no plugin");
    }
    Set<String> names = new HashSet<>();
    plugins.forEach(
        (plugin, settings) -> {
          runsOn(plugin, "runtimeConfig", null);
          Object properties = ParameterReader.object(settings, plugin).get("properties");
          List<?> runs = properties instanceof List<?> list ? list : List.of(orEmpty(properties));
          if (runs.isEmpty()) {
            throw Problems.content(plugin + ": properties is empty");
          }
          for (Object run : runs) {
            Map<String, Object> inputs = ParameterReader.object(run, plugin + ".properties");
            if (runs.size() > 1
                && (!(inputs.get("id") instanceof String id) || !isNewName(id, names))) {
              throw Problems.content(plugin + ": several properties need ids of their own");
            }
          }
        });
  }

  private static Object orEmpty(@Nullable Object properties) {
    return properties == null ? Map.of() : properties;
  }

  private void checkSteps() {
    if (!(content.get("mainSteps") instanceof List<?> steps) || steps.isEmpty()) {
      throw Problems.content("mainSteps must be a list of at least one step");
    }
    Set<String> names = new HashSet<>();
    for (Object element : steps) {
      Map<String, Object> step = ParameterReader.object(element, "A step of mainSteps");
      if (!(step.get("name") instanceof String name) || !isNewName(name, names)) {
        throw Problems.content(
            "Each step needs a name of its own, of letters, digits and underscores; "
                + step.get("name")
                + " is none");
      }
      check(step, "Step " + name);
    }
  }

  private static boolean isNewName(String name, Set<String> names) {
    return STEP_NAME.matcher(name).matches() && names.add(name);
  }

  private void check(Map<String, Object> step, String where) {
    if (!(step.get("action") instanceof String action)) {
      throw Problems.content(where + " has no action");
    }
    if (step.get("inputs") != null) {
      ParameterReader.object(step.get("inputs"), where + ": inputs");
    }
    for (String whole : List.of("timeoutSeconds", "maxAttempts")) {
      Object value = step.get(whole);
      if (value != null && !(value instanceof Integer)) {
        throw Problems.content(where + ": " + whole + " must be a whole number, not in quotes");
      }
    }
    runsOn(action, where, precondition(step, where));
  }

  /** The platform that a step is only for, or null. */
  private @Nullable String precondition(Map<String, Object> step, String where) {
    if (step.get("precondition") == null) {
      return null;
    }
    if (!schemaVersion.equals("2.2")) {
      throw Problems.content(where + ": precondition needs schemaVersion 2.2");
    }
    String platform = null;
    for (Map.Entry<String, Object> test :
        ParameterReader.object(step.get("precondition"), where + ": precondition").entrySet()) {
      if (!test.getKey().equals("StringEquals")
          || !(test.getValue() instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.get(0) instanceof String left)
          || !(pair.get(1) instanceof String right)) {
        throw Problems.content(where + ": precondition takes StringEquals with two texts");
      }
      platform = left.equals("platformType") ? right : left;
      if (!left.equals("platformType") && !right.equals("platformType")) {
        platform = null;
        if (!left.contains("{{") && !right.contains("{{")) {
          throw Problems.content(
              where + ": precondition must name platformType or a parameter in {{ }}");
        }
      } else if (!Plugins.PLATFORMS.contains(platform) && !platform.contains("{{")) {
        throw Problems.content(
            where + ": platformType can be Windows, Linux or MacOS, not " + platform);
      }
    }
    return platform == null || platform.contains("{{") ? null : platform;
  }

  private void runsOn(String plugin, String where, @Nullable String only) {
    List<String> able = Plugins.platformsOf(plugin);
    if (able == null) {
      throw Problems.content(
          where + ": the plugin " + plugin + " is not supported; these are: " + Plugins.names());
    }
    able.stream().filter(one -> only == null || only.equals(one)).forEach(platforms::add);
  }
}
