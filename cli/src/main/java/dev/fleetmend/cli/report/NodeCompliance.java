package dev.fleetmend.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One node of the fleet.
 *
 * @param information its InstanceInformation
 * @param state its InstancePatchState; missing where it was never scanned
 */
record NodeCompliance(JsonNode information, JsonNode state) {
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
          "LastOperation",
          "LastOperationTime");

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
        state.path("Operation").asText(),
        time());
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    List<String> cells = cells();
    for (int column = 0; column < COLUMNS.size(); column++) {
      String name = COLUMNS.get(column);
      String cell = cells.get(column);
      if (!cell.isEmpty() && column >= 6 && column <= 10) {
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
