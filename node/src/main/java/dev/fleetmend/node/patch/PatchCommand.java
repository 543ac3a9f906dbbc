package dev.fleetmend.node.patch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command for {@code AWS-RunPatchBaseline}.
 *
 * @param commandId the id of the Run Command, or a UUID where a person started it on the host
 * @param parameters the document's parameters as the command gave them; absent ones mean the
 *     document's default
 */
public record PatchCommand(String commandId, Map<String, List<String>> parameters) {
  public PatchCommand {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    parameters = Map.copyOf(copy);
  }

  /** The first value of a parameter, or the given default where it is absent or empty. */
  public String first(String name, String byDefault) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() || values.getFirst().isEmpty() ? byDefault : values.getFirst();
  }
}
