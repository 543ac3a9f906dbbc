package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where this machine's own apt gets its release and the release's updates, as lines of a
 * sources.list. A lab takes its packages from nowhere else.
 */
record MachineSources(String codename, List<String> release, List<String> updates) {

  static MachineSources read() {
    String codename = codename(Path.of("/etc/os-release"));
    List<String> targets =
        Execution.local(
                "apt-get",
                "indextargets",
                "--format",
                "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                "Identifier: Packages")
            .run()
            .orThrow()
            .lines()
            .filter(line -> line.endsWith(" main"))
            .distinct()
            .toList();
    List<String> release = lines(targets, codename::equals);
    if (release.isEmpty()) {
      throw new LabException(
          "this machine's apt has no source for " + codename + " main; run apt-get update");
    }
    return new MachineSources(
        codename, release, lines(targets, suite -> suite.startsWith(codename + "-")));
  }

  /**
   * The same archives' packages of another suite. Its lists may be older than they say that they
   * are valid: an archive may stand still.
   */
  MachineSources of(String suite) {
    List<String> lines =
        release.stream()
            .map(line -> line.split(" ", -1))
            .map(word -> "deb [check-valid-until=no] " + word[1] + " " + suite + " " + word[3])
            .distinct()
            .toList();
    return new MachineSources(suite, lines, List.of());
  }

  private static List<String> lines(List<String> targets, Predicate<String> suite) {
    return targets.stream()
        .filter(target -> suite.test(target.split(" ", -1)[1]))
        .map(target -> "deb " + target)
        .toList();
  }

  private static String codename(Path osRelease) {
    try {
      return Files.readAllLines(osRelease).stream()
          .filter(line -> line.startsWith("VERSION_CODENAME="))
          .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
          .findFirst()
          .orElseThrow(
              () -> new LabException("the lab runs on Debian: no codename in " + osRelease));
    } catch (IOException e) {
      throw new LabException("cannot read " + osRelease, e);
    }
  }
}
