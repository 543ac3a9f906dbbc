package dev.fleetmend.node.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a document's JSON and a command's parameters into steps. */
final class DocumentReader {
  private static final Set<String> WITH_PLUGINS = Set.of("1.0", "1.2");
  private static final Set<String> WITH_STEPS = Set.of("2.0", "2.0.1", "2.0.2", "2.0.3", "2.2");

  private final Map<String, Object> document;
  private final Placeholders placeholders;

  private DocumentReader(Map<String, Object> document, Placeholders placeholders) {
    this.document = document;
    this.placeholders = placeholders;
  }

  /**
   * The steps, in order, never none.
   *
   * @throws DocumentException when the document can't be run at all
   */
  static List<Step> read(Map<String, Object> document, Map<String, Object> parameters)
      throws DocumentException {
    Map<String, Object> values = values(document, parameters, false);
    return new DocumentReader(document, new Placeholders(values)).steps();
  }

  /**
   * What scripts find in their environment: parameters with {@code interpolationType: ENV_VAR}, as
   * {@code SSM_<name>}. They are written into no script.
   */
  static Map<String, String> environment(
      Map<String, Object> document, Map<String, Object> parameters) throws DocumentException {
    Map<String, String> environment = new LinkedHashMap<>();
    values(document, parameters, true)
        .forEach(
            (name, value) ->
                environment.put("SSM_" + name, String.valueOf(value).replace("\0", "")));
    return environment;
  }

  private static Map<String, Object> values(
      Map<String, Object> document, Map<String, Object> given, boolean inEnvironment)
      throws DocumentException {
    Map<String, Object> values = new LinkedHashMap<>();
    if (document.get("parameters") != null) {
      for (Map.Entry<String, Object> declared :
          object(document.get("parameters"), "parameters").entrySet()) {
        Map<String, Object> definition = object(declared.getValue(), declared.getKey());
        Object value = given.getOrDefault(declared.getKey(), definition.get("default"));
        boolean wanted = "ENV_VAR".equals(definition.get("interpolationType")) == inEnvironment;
        if (value != null && wanted) {
          values.put(declared.getKey(), typed(value, definition.get("type")));
        }
      }
    }
    return values;
  }

  private static Object typed(Object value, @Nullable Object type) {
    if (value instanceof List<?> list && !"StringList".equals(type) && list.size() == 1) {
      return list.getFirst();
    }
    return value instanceof String && "StringList".equals(type) ? List.of(value) : value;
  }

  private List<Step> steps() throws DocumentException {
    String version = String.valueOf(document.get("schemaVersion"));
    if (WITH_PLUGINS.contains(version)) {
      return plugins();
    }
    if (WITH_STEPS.contains(version)) {
      return mainSteps(version);
    }
    throw new DocumentException("schemaVersion " + version + " is not one that this agent runs");
  }

  private List<Step> plugins() throws DocumentException {
    List<Step> steps = new ArrayList<>();
    Map<String, Object> config = object(document.get("runtimeConfig"), "runtimeConfig");
    for (Map.Entry<String, Object> plugin : config.entrySet()) {
      Object properties = object(plugin.getValue(), plugin.getKey()).get("properties");
      List<?> runs = properties instanceof List<?> list ? list : List.of(object(properties));
      for (Object run : runs) {
        Map<String, Object> inputs = filled(object(run, "properties"));
        String key = runs.size() == 1 ? plugin.getKey() : String.valueOf(inputs.get("id"));
        steps.add(new Step(key, plugin.getKey(), inputs, true));
      }
    }
    return atLeastOne(steps, "runtimeConfig");
  }

  private List<Step> mainSteps(String version) throws DocumentException {
    List<Step> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (!(document.get("mainSteps") instanceof List<?> list)) {
      throw new DocumentException("mainSteps is missing");
    }
    for (Object element : list) {
      Map<String, Object> step = object(element, "mainSteps");
      String name = String.valueOf(step.get("name"));
      if (step.get("name") == null || step.get("action") == null || !names.add(name)) {
        throw new DocumentException("each step needs an action, and a name of its own");
      }
      requireInteger(step, "timeoutSeconds");
      requireInteger(step, "maxAttempts");
      Map<String, Object> inputs =
          step.get("inputs") == null
              ? Map.of()
              : filled(object(step.get("inputs"), name + ".inputs"));
      steps.add(new Step(name, String.valueOf(step.get("action")), inputs, applies(step, version)));
    }
    return atLeastOne(steps, "mainSteps");
  }

  private boolean applies(Map<String, Object> step, String version) throws DocumentException {
    Object precondition = step.get("precondition");
    if (precondition == null) {
      return true;
    }
    if (!version.equals("2.2")) {
      throw new DocumentException("precondition needs schemaVersion 2.2");
    }
    for (Map.Entry<String, Object> test : object(precondition, "precondition").entrySet()) {
      if (!test.getKey().equals("StringEquals")
          || !(test.getValue() instanceof List<?> pair)
          || pair.size() != 2) {
        throw new DocumentException("precondition: only StringEquals of two texts is known");
      }
      String left = operand(pair.get(0));
      String right = operand(pair.get(1));
      if (!left.equals(right)) {
        return false;
      }
    }
    return true;
  }

  private String operand(@Nullable Object operand) throws DocumentException {
    String text = String.valueOf(operand);
    return text.equals("platformType") ? "Linux" : String.valueOf(placeholders.fill(text));
  }

  private static void requireInteger(Map<String, Object> step, String member)
      throws DocumentException {
    Object value = step.get(member);
    if (value != null && !(value instanceof Long)) {
      throw new DocumentException(member + " of a step must be a whole number");
    }
  }

  private Map<String, Object> filled(Map<String, Object> inputs) throws DocumentException {
    return object(placeholders.fill(inputs), "inputs");
  }

  static Map<String, Object> object(@Nullable Object value, String where) throws DocumentException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DocumentException(where + " must be an object");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, member) -> copy.put(String.valueOf(name), member));
    return copy;
  }

  private static Map<String, Object> object(@Nullable Object value) throws DocumentException {
    return object(value, "properties");
  }

  private static List<Step> atLeastOne(List<Step> steps, String where) throws DocumentException {
    if (steps.isEmpty()) {
      throw new DocumentException(where + " has no step");
    }
    return List.copyOf(steps);
  }
}
