package dev.fleetmend.server.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a document.
 *
 * @param name what replies and GetCommandInvocation call it
 * @param action such as {@code aws:runShellScript}
 * @param timeoutSeconds as the document has it: a number, or a placeholder of a parameter
 * @param platformType the only one that its precondition lets run it, or null for any
 */
public record DocumentStep(
    String name, String action, String timeoutSeconds, @Nullable String platformType) {
  /** Whether a node of that platform type runs it. */
  public boolean runsOn(String platform) {
    return platformType == null || platformType.equals(platform);
  }

  /** The steps of a Command document's content that was found right when it was stored. */
  public static List<DocumentStep> of(Map<String, Object> content) {
    return content.get("mainSteps") instanceof List<?> steps
        ? mainSteps(steps)
        : plugins(content.get("runtimeConfig"));
  }

  private static List<DocumentStep> mainSteps(List<?> declared) {
    return declared.stream()
        .map(step -> (Map<?, ?>) step)
        .map(
            step ->
                new DocumentStep(
                    String.valueOf(step.get("name")),
                    String.valueOf(step.get("action")),
                    timeout(step.get("inputs")),
                    platform(step.get("precondition"))))
        .toList();
  }

  private static @Nullable String platform(@Nullable Object precondition) {
    return precondition instanceof Map<?, ?> tests
            && tests.get("StringEquals") instanceof List<?> pair
            && pair.size() == 2
            && "platformType".equals(pair.getFirst())
        ? String.valueOf(pair.getLast())
        : null;
  }

  /** A plugin that is run several times has its ids for names, as agents do. */
  private static List<DocumentStep> plugins(@Nullable Object declared) {
    List<DocumentStep> steps = new ArrayList<>();
    if (declared instanceof Map<?, ?> plugins) {
      plugins.forEach(
          (plugin, settings) -> {
            List<?> runs = properties(settings);
            for (Object run : runs) {
              String name =
                  runs.size() > 1 && run instanceof Map<?, ?> inputs
                      ? String.valueOf(inputs.get("id"))
                      : plugin.toString();
              steps.add(new DocumentStep(name, plugin.toString(), timeout(run), null));
            }
          });
    }
    return List.copyOf(steps);
  }

  static List<?> properties(@Nullable Object settings) {
    Object properties = settings instanceof Map<?, ?> map ? map.get("properties") : null;
    return properties instanceof List<?> list
        ? list
        : List.of(properties == null ? "" : properties);
  }

  private static String timeout(@Nullable Object inputs) {
    return inputs instanceof Map<?, ?> map ? String.valueOf(map.get("timeoutSeconds")) : "";
  }
}
