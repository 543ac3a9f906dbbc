package dev.fleetmend.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads what the steps of a command have printed on a node, each stream to its own. */
final class OutputReader {
  private static final long PAUSE_MILLIS = 1_000;

  private final Api api;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean follow;
  private final Pause pause;

  /** Waits, so that a test need not. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  OutputReader(Api api, PrintWriter out, PrintWriter err, boolean follow, Pause pause) {
    this.api = api;
    this.out = out;
    this.err = err;
    this.follow = follow;
    this.pause = pause;
  }

  /**
   * Reads all steps in their order, with a headline where others are read too. Of several steps,
   * those that said nothing have none: a document may have one for each platform.
   */
  void read(String commandId, String node, boolean amongOthers) {
    JsonNode names =
        api.call("Fleetmend.GetCommandOutput", request(commandId, node, "", "StandardOutput"))
            .path("PluginNames");
    List<String> steps =
        StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList();
    for (String step : steps) {
      Headline headline = new Headline("== " + node + " " + step, amongOthers || steps.size() > 1);
      if (steps.size() == 1) {
        headline.print();
      }
      readStep(
          new Stream(out, headline, request(commandId, node, step, "StandardOutput")),
          new Stream(err, headline, request(commandId, node, step, "StandardError")));
    }
  }

  /** What stands above a step's output, once. */
  private final class Headline {
    private final String text;
    private boolean wanted;

    Headline(String text, boolean wanted) {
      this.text = text;
      this.wanted = wanted;
    }

    void print() {
      if (wanted) {
        out.println(text);
        out.flush();
      }
      wanted = false;
    }
  }

  private static ObjectNode request(String commandId, String node, String step, String stream) {
    return Api.request()
        .put("CommandId", commandId)
        .put("InstanceId", node)
        .put("PluginName", step)
        .put("Stream", stream);
  }

  private void readStep(Stream standardOutput, Stream standardError) {
    while (true) {
      boolean printed = standardOutput.read();
      boolean complained = standardError.read();
      if (standardOutput.ended && standardError.ended) {
        return;
      }
      if (!printed && !complained) {
        if (!follow) {
          return;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      pause.millis(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(ExitCode.FAILED, "stopped reading; the command goes on");
    }
  }

  /** One stream of one step, read from where it stands. */
  private final class Stream {
    private final PrintWriter to;
    private final Headline headline;
    private final ObjectNode request;
    private boolean ended;

    Stream(PrintWriter to, Headline headline, ObjectNode request) {
      this.to = to;
      this.headline = headline;
      this.request = request;
    }

    /** Whether there was something new. */
    boolean read() {
      if (ended) {
        return false;
      }
      ObjectNode answer = api.call("Fleetmend.GetCommandOutput", request);
      String content = answer.path("Content").asText();
      if (!content.isEmpty()) {
        headline.print();
      }
      to.print(content);
      to.flush();
      ended = answer.path("Complete").asBoolean();
      if (ended && answer.path("Truncated").asBoolean()) {
        err.println("(the node had more than the server keeps)");
        err.flush();
      }
      if (answer.hasNonNull("NextToken")) {
        request.set("NextToken", answer.get("NextToken"));
      }
      return !content.isEmpty();
    }
  }
}
