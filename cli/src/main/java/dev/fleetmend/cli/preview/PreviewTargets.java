package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads ids and {@code tag:Key=Value} into a request's InstanceIds or Targets. */
final class PreviewTargets {
  private static final String TAG = "tag:";

  /** The most ids that a request takes. */
  private static final int MOST_IDS = 50;

  private PreviewTargets() {}

  /** Without any word all nodes are meant. */
  static void put(ObjectNode request, List<String> words, Api api) {
    List<String> ids = new ArrayList<>();
    Map<String, List<String>> tags = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (!word.startsWith(TAG)) {
        ids.add(word);
      } else if (equals < 0) {
        throw new Problem(
            ExitCode.USAGE, "'" + word + "' names no value; a tag is said as tag:Key=Value");
      } else {
        tags.computeIfAbsent(word.substring(0, equals), key -> new ArrayList<>())
            .add(word.substring(equals + 1));
      }
    }
    if (!ids.isEmpty() && !tags.isEmpty()) {
      throw new Problem(ExitCode.USAGE, "name nodes by their ids or by tags, not by both");
    }
    if (!tags.isEmpty()) {
      tags.forEach(
          (key, values) -> {
            ObjectNode target = request.withArray("Targets").addObject().put("Key", key);
            values.forEach(target.putArray("Values")::add);
          });
      return;
    }
    List<String> all = ids.isEmpty() ? Nodes.ids(Nodes.all(api)) : ids;
    if (all.isEmpty()) {
      throw new Problem(ExitCode.FAILED, "there is no node yet; enrol one first");
    }
    if (all.size() > MOST_IDS) {
      throw new Problem(
          ExitCode.USAGE,
          all.size() + " nodes are too many to be named by id; name them by tag:Key=Value");
    }
    all.forEach(request.putArray("InstanceIds")::add);
  }
}
