package dev.fleetmend.node.patch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command for {@code AWS-RunPatchBaseline}, or for another document that the agent carries out
 * itself.
 *
 * @param commandId the id of the Run Command, or a UUID where a person started it on the host; with
 *     a dot and more after it where one command has several runs
 * @param parameters the document's parameters as the command gave them; absent ones mean the
 *     document's default
 */
public record PatchCommand(String commandId, Map<String, List<String>> parameters) {
  private static final String ROLLBACK = "Fleetmend-RollbackPatches";

  public PatchCommand {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    parameters = Map.copyOf(copy);
  }

  /** The run of a document with parameters of any JSON type. */
  public static PatchCommand of(
      String commandId, String documentName, Map<String, Object> parameters) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) ->
            texts.put(
                name,
                value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(value))));
    if (documentName.equals(ROLLBACK)) {
      texts.put("Operation", List.of("Uninstall"));
    }
    return new PatchCommand(commandId, texts);
  }

  /** The first value of a parameter, or the given default where it is absent or empty. */
  public String first(String name, String byDefault) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() || values.getFirst().isEmpty() ? byDefault : values.getFirst();
  }
}
