package dev.fleetmend.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The managed nodes of a server. */
public final class Nodes {
  /** The most ids that one request takes. */
  private static final int BATCH = 50;

  private Nodes() {}

  /** InstanceInformation of every node. */
  public static List<JsonNode> all(Api api) {
    return Paging.list(
        api,
        "DescribeInstanceInformation",
        Api.request().put("MaxResults", BATCH),
        "InstanceInformationList");
  }

  /** InstanceInformation of the nodes that targets mean now. */
  public static List<JsonNode> matching(Api api, JsonNode targets) {
    ObjectNode request = Api.request().put("MaxResults", BATCH);
    targets.forEach(
        target -> {
          ObjectNode filter = request.withArray("Filters").addObject();
          filter.set("Key", target.get("Key"));
          filter.set("Values", target.get("Values"));
        });
    return Paging.list(api, "DescribeInstanceInformation", request, "InstanceInformationList");
  }

  /** Their ids. */
  public static List<String> ids(List<JsonNode> nodes) {
    return nodes.stream().map(node -> node.path("InstanceId").asText()).toList();
  }

  /** An operation that must be told ids, for any number of them: asked in batches. */
  public static ObjectNode inBatches(
      Api api, String operation, ObjectNode request, List<String> ids) {
    ObjectNode whole = Api.request();
    for (List<String> batch : batches(ids)) {
      ObjectNode part = request.deepCopy();
      batch.forEach(part.putArray("InstanceIds")::add);
      Paging.merge(whole, Paging.all(api, operation, part));
    }
    return whole;
  }

  private static List<List<String>> batches(List<String> ids) {
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      batches.add(ids.subList(from, Math.min(ids.size(), from + BATCH)));
    }
    return batches;
  }
}
