package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.Complaint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rpm said of packages that it could not change, or whose scripts failed. The package manager
 * above rpm passes these lines on as they are.
 */
public final class RpmComplaints {
  private static final Pattern SCRIPT =
      Pattern.compile(
          "^\\s*(?:error|warning): (%\\w+)\\(([^)]+)\\) scriptlet failed, (exit status|signal) (\\d+)\\s*$");
  private static final Pattern FAILED =
      Pattern.compile("^\\s*error: (\\S+-\\S+-[^\\s:]+): ((?:install|erase|remove) .*|.*stays.*)$");
  private static final Pattern NO_ROOM =
      Pattern.compile("^\\s*(?:error: |- )?installing package (\\S+) (needs .*)$");
  private static final Pattern UNPACKING =
      Pattern.compile("^\\s*error: (unpacking of archive failed.*)$");

  /** As zypper says of an rpm below it, which works on one package; how it ended zypper hides. */
  private static final Pattern BELOW_ZYPPER =
      Pattern.compile(
          "^(?:Installation|Removal) of (?:\\(\\d+\\))?([^\\s()]+)(?:\\(\\S+\\))? failed:\\s*$");

  private static final String ZYPPER_ASKS = "Abort, retry, ignore?";

  /** Lines of the package manager itself, which are no words of a package's script. */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "^\\s*(?:[A-Z][A-Za-z ]+ *: .*|(?:Error in|Non-critical error in|Non-fatal) %?\\w+ scriptlet.*|Running %?\\w+ scriptlet.*|Scriptlet output:|\\[ *\\d+/\\d+\\] .*|BDB\\d+ .*|(?:error|warning): .*|\\(\\d+/\\d+\\).*|Updating / .*|Preparing.*|Verifying.*)?$");

  /** SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGTERM: somebody ended it. */
  private static final Set<String> KILLED = Set.of("1", "2", "9", "13", "15");

  private static final String ENDED_SILENT = "rpm ended without a reason, as where it is killed";

  private static final int LINES_BEFORE = 2;

  private RpmComplaints() {}

  /**
   * The newest complaint by package name.
   *
   * @param log may be missing
   */
  public static Map<String, Complaint> read(Path log) throws IOException {
    return Files.exists(log)
        ? parse(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
        : Map.of();
  }

  static Map<String, Complaint> parse(String log) {
    List<String> lines = log.lines().map(RpmComplaints::plain).toList();
    Map<String, Complaint> complaints = new LinkedHashMap<>();
    String unpacking = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher script = SCRIPT.matcher(lines.get(i));
      Matcher failed = FAILED.matcher(lines.get(i));
      Matcher noRoom = NO_ROOM.matcher(lines.get(i));
      Matcher archive = UNPACKING.matcher(lines.get(i));
      Matcher below = BELOW_ZYPPER.matcher(lines.get(i));
      if (script.matches()) {
        boolean killed = script.group(3).equals("signal") && KILLED.contains(script.group(4));
        String reason = script.group(1) + " failed with " + script.group(3) + " " + script.group(4);
        complaints.put(
            RpmNames.nameIn(script.group(2)),
            new Complaint(reason + wordsBefore(lines, i), killed));
      } else if (noRoom.matches()) {
        complaints.put(RpmNames.nameIn(noRoom.group(1)), new Complaint(noRoom.group(2), false));
      } else if (archive.matches()) {
        unpacking = archive.group(1);
      } else if (failed.matches()) {
        String reason = unpacking.isEmpty() ? failed.group(2) : unpacking;
        complaints.putIfAbsent(RpmNames.nameIn(failed.group(1)), new Complaint(reason, false));
        unpacking = "";
      } else if (below.matches() && !saysWhy(lines, i)) {
        complaints.putIfAbsent(RpmNames.nameIn(below.group(1)), new Complaint(ENDED_SILENT, true));
      }
    }
    return complaints;
  }

  /** Whether rpm had a reason to fail, up to where zypper asks what to do. */
  private static boolean saysWhy(List<String> lines, int at) {
    return lines.stream()
        .skip(at)
        .takeWhile(line -> !line.startsWith(ZYPPER_ASKS))
        .anyMatch(line -> line.contains("error: "));
  }

  /** dnf 5 puts its own marks before what rpm and its scripts say. */
  private static String plain(String line) {
    return line.startsWith(">>> ")
        ? line.substring(4).replaceFirst("^\\[RPM\\] ", "error: ")
        : line;
  }

  private static String wordsBefore(List<String> lines, int at) {
    List<String> said = new ArrayList<>();
    for (int i = Math.max(0, at - LINES_BEFORE); i < at; i++) {
      if (!PROGRESS.matcher(lines.get(i)).matches()) {
        said.add(lines.get(i).strip());
      }
    }
    return said.isEmpty() ? "" : "; " + String.join("; ", said);
  }
}
