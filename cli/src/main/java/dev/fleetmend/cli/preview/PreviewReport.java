package dev.fleetmend.cli.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.print.Printable;
import dev.fleetmend.cli.print.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Previews for people: a heading, a table and remarks a node; the hash over all at the end. */
final class PreviewReport {
  private PreviewReport() {}

  /**
   * The report.
   *
   * @param request of Fleetmend.PreviewPatchOperation, which the previews are of
   */
  static String of(JsonNode whole, JsonNode request) {
    StringBuilder text = new StringBuilder();
    whole.path("Previews").forEach(one -> text.append(node(one)).append('\n'));
    if (whole.hasNonNull("Hash")) {
      String hash = whole.path("Hash").asText();
      text.append(
          """
          Preview %s of %d nodes, good until %s.
          To have exactly this done%s:
            %s
          """
              .formatted(
                  hash,
                  whole.path("PreviewCount").asInt(),
                  Instant.ofEpochSecond(whole.path("ExpiresTime").asLong()),
                  request.path("BaselineOverride").asText().isEmpty()
                      ? ""
                      : ", with the same BaselineOverride beside",
                  PreviewedRun.of(request, hash)));
    }
    return text.toString();
  }

  private static String node(JsonNode one) {
    JsonNode preview = one.path("Preview");
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s, %d packages, downloads %d KB, %s, preview %s\n"
            .formatted(
                one.path("InstanceId").asText(),
                preview.path("Operation").asText(),
                preview.path("Changes").size(),
                (preview.path("DownloadBytes").asLong() + 1023) / 1024,
                preview.path("Reboots").asBoolean() ? "then reboots" : "no reboot",
                one.path("Hash").asText()));
    if (!preview.path("Changes").isEmpty()) {
      text.append(changes(preview.path("Changes")));
    }
    List<String> lines = new ArrayList<>();
    preview.path("Undoes").forEach(id -> lines.add("takes back installation " + id.asText()));
    preview
        .path("LeftOut")
        .forEach(
            left ->
                lines.add(
                    "left out: %s.%s %s: %s"
                        .formatted(
                            left.path("Name").asText(),
                            left.path("Arch").asText(),
                            left.path("Version").asText(),
                            left.path("Why").asText())));
    preview.path("Services").forEach(unit -> lines.add("restarts " + unit.asText()));
    preview.path("Obstacles").forEach(why -> lines.add("would stop: " + why.asText()));
    preview.path("Notes").forEach(note -> lines.add("note: " + note.asText()));
    lines.forEach(line -> text.append("  ").append(Printable.of(line)).append('\n'));
    return text.toString();
  }

  private static Table changes(JsonNode changes) {
    Table table = new Table("PACKAGE", "FROM", "TO", "CAN BE TAKEN BACK", "CVES");
    for (JsonNode change : changes) {
      String whyNot = change.path("WhyNotRevertible").asText();
      List<String> cves = new ArrayList<>();
      change.path("Cves").forEach(cve -> cves.add(cve.asText()));
      table.row(
          change.path("Name").asText() + "." + change.path("Arch").asText(),
          change.path("FromVersion").asText("(not installed)"),
          change.path("ToVersion").asText("(removed)"),
          whyNot.isEmpty() ? "yes" : "no: " + whyNot,
          String.join(" ", cves));
    }
    return table;
  }
}
