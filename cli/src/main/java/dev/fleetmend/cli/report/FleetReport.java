package dev.fleetmend.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.cli.print.Table;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The compliance of all nodes at one moment. */
public final class FleetReport {
  private final List<NodeCompliance> nodes;

  private FleetReport(List<NodeCompliance> nodes) {
    this.nodes = nodes;
  }

  /** Asks a server for it. */
  public static FleetReport of(Api api) {
    List<JsonNode> nodes = Nodes.all(api);
    List<String> ids = Nodes.ids(nodes);
    Map<String, JsonNode> states =
        byId(
            Nodes.inBatches(api, "AmazonSSM.DescribeInstancePatchStates", Api.request(), ids)
                .path("InstancePatchStates"));
    Map<String, JsonNode> doubts =
        byId(
            Nodes.inBatches(api, "Fleetmend.DescribePatchDoubts", Api.request(), ids)
                .path("Nodes"));
    JsonNode none = JsonNodeFactory.instance.missingNode();
    return new FleetReport(
        nodes.stream()
            .map(
                node -> {
                  String id = node.path("InstanceId").asText();
                  return new NodeCompliance(
                      node, states.getOrDefault(id, none), doubts.getOrDefault(id, none));
                })
            .sorted(
                Comparator.comparing(NodeCompliance::compliance)
                    .reversed()
                    .thenComparing(node -> node.cells().get(1))
                    .thenComparing(node -> node.cells().getFirst()))
            .toList());
  }

  private static Map<String, JsonNode> byId(JsonNode list) {
    Map<String, JsonNode> byId = new HashMap<>();
    list.forEach(each -> byId.put(each.path("InstanceId").asText(), each));
    return byId;
  }

  /** Whether every node was scanned and lacks nothing. */
  public boolean compliant() {
    return count("COMPLIANT") == nodes.size();
  }

  /** One line, such as {@code 3 nodes: 2 compliant (1 in doubt), 1 not compliant, ...}. */
  public String summary() {
    long inDoubt =
        nodes.stream()
            .filter(node -> node.compliance().equals("COMPLIANT") && node.inDoubt())
            .count();
    return "%d %s: %d compliant%s, %d not compliant, %d never scanned"
        .formatted(
            nodes.size(),
            nodes.size() == 1 ? "node" : "nodes",
            count("COMPLIANT"),
            inDoubt == 0 ? "" : " (" + inDoubt + " in doubt)",
            count("NON_COMPLIANT"),
            count("NOT_SCANNED"));
  }

  public String table() {
    Table table =
        new Table(
            "NODE",
            "NAME",
            "PING",
            "COMPLIANCE",
            "PATCH GROUP",
            "BASELINE",
            "INSTALLED",
            "MISSING",
            "FAILED",
            "REBOOT",
            "REJECTED",
            "HELD BACK",
            "LAST",
            "AT",
            "DOUBTS");
    nodes.forEach(node -> table.row(node.tableCells()));
    return table.toString();
  }

  public String csv() {
    StringBuilder text = new StringBuilder();
    Csv.line(text, NodeCompliance.COLUMNS);
    nodes.forEach(node -> Csv.line(text, node.cells()));
    return text.toString();
  }

  public ArrayNode json() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    nodes.forEach(node -> list.add(node.json()));
    return list;
  }

  public String html() {
    return Html.page(summary(), NodeCompliance.COLUMNS, nodes);
  }

  private long count(String compliance) {
    return nodes.stream().filter(node -> node.compliance().equals(compliance)).count();
  }
}
