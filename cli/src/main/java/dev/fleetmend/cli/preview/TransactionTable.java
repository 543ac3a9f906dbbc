package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.print.Printable;
import dev.fleetmend.cli.print.Table;
import java.time.Instant;

/** Nodes' transactions for people. */
final class TransactionTable {
  private TransactionTable() {}

  /**
   * A row a transaction.
   *
   * @param packages whether its packages follow
   */
  static String of(JsonNode nodes, boolean packages) {
    Table table =
        new Table("NODE", "TRANSACTION", "KIND", "ENDED", "CHANGED", "CAN BE TAKEN BACK", "NOTE");
    StringBuilder more = new StringBuilder();
    for (JsonNode node : nodes) {
      for (JsonNode one : node.path("Transactions")) {
        table.row(
            node.path("InstanceId").asText(),
            one.path("TransactionId").asText(),
            one.path("Kind").asText(),
            one.path("EndedAt").asLong() == 0
                ? "not yet"
                : Instant.ofEpochSecond(one.path("EndedAt").asLong() / 1000).toString(),
            count(one, "DONE") + " packages",
            takenBack(one),
            note(one));
        if (packages) {
          more.append(packages(one));
        }
      }
    }
    return table + (more.isEmpty() ? "" : "\n" + more);
  }

  private static String note(JsonNode one) {
    String undoes = one.path("Undoes").asText();
    return (undoes.isEmpty() ? "" : "takes back " + undoes + " ") + one.path("Note").asText();
  }

  private static String takenBack(JsonNode one) {
    if (!one.path("Kind").asText().equals("Install")) {
      return "";
    }
    int can = 0;
    int cannot = 0;
    for (JsonNode p : one.path("Packages")) {
      can += p.path("CanTakeBack").asBoolean() ? 1 : 0;
      cannot += p.path("WhyNot").asText().isEmpty() ? 0 : 1;
    }
    if (can + cannot == 0) {
      return count(one, "DONE") == 0 ? "nothing to take back" : "is taken back";
    }
    return cannot == 0 ? "yes" : can + " of " + (can + cannot) + " packages";
  }

  private static int count(JsonNode one, String outcome) {
    int count = 0;
    for (JsonNode p : one.path("Packages")) {
      count += p.path("Outcome").asText().equals(outcome) ? 1 : 0;
    }
    return count;
  }

  private static String packages(JsonNode one) {
    StringBuilder text = new StringBuilder(one.path("TransactionId").asText() + ":\n");
    for (JsonNode p : one.path("Packages")) {
      String whyNot = p.path("WhyNot").asText();
      String line =
          "  %s.%s %s -> %s: %s%s"
              .formatted(
                  p.path("Name").asText(),
                  p.path("Arch").asText(),
                  p.path("FromVersion").asText("(not installed)"),
                  p.path("ToVersion").asText("(removed)"),
                  p.path("Outcome").asText(),
                  whyNot.isEmpty() ? "" : "; cannot be taken back: " + whyNot);
      text.append(Printable.of(line)).append('\n');
    }
    return text.toString();
  }
}
