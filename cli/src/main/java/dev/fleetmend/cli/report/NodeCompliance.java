package dev.fleetmend.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One node of the fleet.
 *
 * @param information its InstanceInformation
 * @param state its InstancePatchState; missing where it was never scanned
 * @param doubts how far the state can be relied on; missing where it never reported facts
 */
record NodeCompliance(JsonNode information, JsonNode state, JsonNode doubts) {
  static final List<String> COLUMNS =
      List.of(
          "InstanceId",
          "Name",
          "PingStatus",
          "Compliance",
          "PatchGroup",
          "BaselineId",
          "Installed",
          "Missing",
          "Failed",
          "PendingReboot",
          "Rejected",
          "HeldBack",
          "LastOperation",
          "LastOperationTime",
          "Doubts");

  private static final Set<String> NUMBERS =
      Set.of("Installed", "Missing", "Failed", "PendingReboot", "Rejected", "HeldBack");

  /** COMPLIANT, NON_COMPLIANT, or NOT_SCANNED where nothing is known. */
  String compliance() {
    if (state.isMissingNode()) {
      return "NOT_SCANNED";
    }
    int open =
        count("MissingCount")
            + count("FailedCount")
            + count("InstalledPendingRebootCount")
            + count("InstalledRejectedCount");
    return open == 0 ? "COMPLIANT" : "NON_COMPLIANT";
  }

  /** The values of {@link #COLUMNS}. */
  List<String> cells() {
    return List.of(
        information.path("InstanceId").asText(),
        information.path("ComputerName").asText(),
        information.path("PingStatus").asText(),
        compliance(),
        state.path("PatchGroup").asText(),
        state.path("BaselineId").asText(),
        number("InstalledCount"),
        number("MissingCount"),
        number("FailedCount"),
        number("InstalledPendingRebootCount"),
        number("InstalledRejectedCount"),
        state.isMissingNode() ? "" : doubts.path("HeldBackCount").asText("0"),
        state.path("Operation").asText(),
        time(),
        String.join("; ", said()));
  }

  /** Whether it may be worse off than it looks, for instance since its package lists are old. */
  boolean inDoubt() {
    return !said().isEmpty();
  }

  /** The {@link #cells} for a terminal: of a baseline's ARN its id. */
  List<String> tableCells() {
    List<String> cells = new ArrayList<>(cells());
    cells.replaceAll(cell -> cell.startsWith("arn:") ? cell.replaceFirst(".*/", "") : cell);
    return cells;
  }

  private List<String> said() {
    return StreamSupport.stream(doubts.path("Doubts").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    List<String> cells = cells();
    for (int column = 0; column < COLUMNS.size(); column++) {
      String name = COLUMNS.get(column);
      String cell = cells.get(column);
      if (!cell.isEmpty() && NUMBERS.contains(name)) {
        node.put(name, Integer.parseInt(cell));
      } else {
        node.put(name, cell.isEmpty() ? null : cell);
      }
    }
    return node;
  }

  private int count(String member) {
    return state.path(member).asInt();
  }

  private String number(String member) {
    return state.isMissingNode() ? "" : Integer.toString(count(member));
  }

  private String time() {
    double seconds = state.path("OperationEndTime").asDouble();
    return seconds == 0
        ? ""
        : Instant.ofEpochSecond((long) seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
