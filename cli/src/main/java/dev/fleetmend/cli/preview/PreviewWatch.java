package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.plan.Progress;
import java.util.Set;

/** Waits for what nodes say to a preview, and gathers it. */
final class PreviewWatch {
  private static final String TARGET = "Fleetmend.GetPatchPreview";
  private static final Set<String> RUNNING = Set.of("Pending", "InProgress", "Cancelling");
  private static final long PAUSE_MILLIS = 500;

  /** How a thread waits. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  private final Api api;
  private final Pause pause;

  PreviewWatch(Api api, Pause pause) {
    this.api = api;
    this.pause = pause;
  }

  /** All nodes' previews, once every node has ended the command. */
  ObjectNode untilDone(String commandId, Progress progress) throws InterruptedException {
    ObjectNode page = page(commandId, "");
    while (isGoing(page)) {
      progress.show(
          "preview: %d of %d nodes"
              .formatted(page.path("PreviewCount").asInt(), page.path("TargetCount").asInt()));
      pause.millis(PAUSE_MILLIS);
      page = page(commandId, "");
    }
    progress.clear();
    ObjectNode whole = page;
    while (page.hasNonNull("NextToken")) {
      page = page(commandId, page.get("NextToken").asText());
      for (JsonNode one : page.path("Previews")) {
        whole.withArray("Previews").add(one);
      }
    }
    whole.remove("NextToken");
    return whole;
  }

  /** The hash over all comes a moment after the command has ended. */
  private static boolean isGoing(ObjectNode page) {
    return RUNNING.contains(page.path("Status").asText())
        || (page.path("PreviewCount").asInt() > 0 && !page.hasNonNull("Hash"));
  }

  private ObjectNode page(String commandId, String token) {
    ObjectNode request = Api.request().put("CommandId", commandId);
    if (!token.isEmpty()) {
      request.put("NextToken", token);
    }
    return api.call(TARGET, request);
  }
}
