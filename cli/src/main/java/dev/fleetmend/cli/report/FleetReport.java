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
    Map<String, JsonNode> states = new HashMap<>();
    Nodes.inBatches(api, "DescribeInstancePatchStates", Api.request(), Nodes.ids(nodes))
        .path("InstancePatchStates")
        .forEach(state -> states.put(state.path("InstanceId").asText(), state));
    JsonNode none = JsonNodeFactory.instance.missingNode();
    return new FleetReport(
        nodes.stream()
            .map(
                node ->
                    new NodeCompliance(
                        node, states.getOrDefault(node.path("InstanceId").asText(), none)))
            .sorted(
                Comparator.comparing(NodeCompliance::compliance)
                    .reversed()
                    .thenComparing(node -> node.cells().get(1))
                    .thenComparing(node -> node.cells().getFirst()))
            .toList());
  }

  /** Whether every node was scanned and lacks nothing. */
  public boolean compliant() {
    return count("COMPLIANT") == nodes.size();
  }

  /** One line, such as {@code 3 nodes: 2 compliant, 1 not, 0 never scanned}. */
  public String summary() {
    return "%d %s: %d compliant, %d not compliant, %d never scanned"
        .formatted(
            nodes.size(),
            nodes.size() == 1 ? "node" : "nodes",
            count("COMPLIANT"),
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
            "LAST",
            "AT");
    nodes.forEach(node -> table.row(node.cells()));
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
