package dev.fleetmend.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fleetmend.cli.print.JsonText;
import dev.fleetmend.cli.print.Table;
import dev.fleetmend.cli.report.Csv;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The audit in one of the formats of {@code --output}. */
enum AuditText {
  TABLE {
    @Override
    String print(ArrayNode events) {
      Table table =
          new Table("TIME", "CALLER", "ROLE", "OPERATION", "RESOURCES", "OUTCOME", "FROM");
      for (JsonNode event : events) {
        table.row(
            time(event),
            caller(event),
            event.path("Role").asText(),
            event.path("Operation").asText(),
            few(event),
            event.path("Outcome").asText(),
            event.path("SourceAddress").asText());
      }
      return table.toString();
    }
  },
  JSON {
    @Override
    String print(ArrayNode events) {
      return JsonText.of(events) + "\n";
    }
  },
  CSV {
    @Override
    String print(ArrayNode events) {
      StringBuilder text = new StringBuilder();
      Csv.line(
          text,
          List.of(
              "time",
              "callerType",
              "caller",
              "role",
              "operation",
              "resources",
              "outcome",
              "sourceAddress",
              "requestId",
              "unrecorded"));
      for (JsonNode event : events) {
        Csv.line(
            text,
            List.of(
                time(event),
                event.path("CallerType").asText(),
                event.path("Caller").asText(),
                event.path("Role").asText(),
                event.path("Operation").asText(),
                resources(event).collect(Collectors.joining(" ")),
                event.path("Outcome").asText(),
                event.path("SourceAddress").asText(),
                event.path("RequestId").asText(),
                event.path("Unrecorded").asText()));
      }
      return text.toString();
    }
  };

  private static final int FEW = 2;

  abstract String print(ArrayNode events);

  private static String time(JsonNode event) {
    return Instant.ofEpochMilli(Math.round(event.path("Time").asDouble() * 1e3)).toString();
  }

  private static String caller(JsonNode event) {
    String id = event.path("Caller").asText();
    return switch (event.path("CallerType").asText()) {
      case "local" -> "(this machine)";
      case "claimed" -> id.isEmpty() ? "(unknown)" : "(" + id + "?)";
      default -> id;
    };
  }

  private static Stream<String> resources(JsonNode event) {
    return StreamSupport.stream(event.path("Resources").spliterator(), false).map(JsonNode::asText);
  }

  /** The first ones, without what all ARNs here begin with. */
  private static String few(JsonNode event) {
    List<String> all =
        resources(event).map(name -> name.replaceFirst("^arn:aws:ssm:[^:]*:[0-9]*:", "")).toList();
    String shown = all.stream().limit(FEW).collect(Collectors.joining(" "));
    return all.size() > FEW ? shown + " +" + (all.size() - FEW) : shown;
  }
}
