package dev.fleetmend.node.inventory;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code AWS:Application}: installed packages, from dpkg's or rpm's database. */
final class Applications implements InventoryType {
  private static final Path DPKG = Path.of("/usr/bin/dpkg-query");
  private static final Path RPM = Path.of("/usr/bin/rpm");
  private static final List<String> DPKG_FIELDS =
      List.of(
          "Name",
          "Version",
          "Architecture",
          "ApplicationType",
          "Publisher",
          "URL",
          "Summary",
          "Status");
  private static final String DPKG_FORMAT =
      "${Package}\\t${Version}\\t${Architecture}\\t${Section}\\t${Maintainer}\\t${Homepage}"
          + "\\t${binary:Summary}\\t${db:Status-Status}\\n";
  private static final List<String> RPM_FIELDS =
      List.of(
          "Name",
          "Epoch",
          "Version",
          "Release",
          "Architecture",
          "ApplicationType",
          "Publisher",
          "URL",
          "InstalledTime",
          "PackageId",
          "Summary");
  private static final String RPM_FORMAT =
      "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}\\t%{RELEASE}\\t%{ARCH}\\t%{GROUP}\\t%{VENDOR}\\t%{URL}"
          + "\\t%{INSTALLTIME}\\t%{SOURCERPM}\\t%{SUMMARY}\\n";

  private final Programs programs = new Programs(Map.of());

  @Override
  public String typeName() {
    return "AWS:Application";
  }

  @Override
  public String schemaVersion() {
    return "1.1";
  }

  @Override
  public String parameter() {
    return "applications";
  }

  @Override
  public List<Map<String, String>> entries(String value) throws IOException {
    List<Map<String, String>> entries = new ArrayList<>();
    if (Files.isExecutable(DPKG)) {
      for (Map<String, String> one :
          rows(List.of(DPKG.toString(), "-W", "-f", DPKG_FORMAT), DPKG_FIELDS)) {
        if ("installed".equals(one.remove("Status"))) {
          entries.add(one);
        }
      }
    }
    if (entries.isEmpty() && Files.isExecutable(RPM)) {
      for (Map<String, String> one :
          rows(List.of(RPM.toString(), "-qa", "--qf", RPM_FORMAT), RPM_FIELDS)) {
        one.computeIfPresent("InstalledTime", (name, seconds) -> time(seconds));
        entries.add(one);
      }
    }
    return entries;
  }

  private static String time(String seconds) {
    return seconds.matches("[0-9]{1,10}")
        ? Instant.ofEpochSecond(Long.parseLong(seconds)).toString()
        : "";
  }

  private List<Map<String, String>> rows(List<String> command, List<String> fields)
      throws IOException {
    ProgramResult result = programs.run(command);
    if (!result.succeeded()) {
      throw new IOException(command.getFirst() + ": " + result.errors().strip());
    }
    return result
        .output()
        .lines()
        .map(line -> row(line.split("\t", fields.size()), fields))
        .toList();
  }

  private static Map<String, String> row(String[] values, List<String> fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(values.length, fields.size()); i++) {
      if (!values[i].isEmpty() && !values[i].equals("(none)")) {
        row.put(fields.get(i), values[i]);
      }
    }
    return row;
  }
}
