package dev.fleetmend.node.apt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The maintainer scripts that run on this host. One goes on after its dpkg was killed; dpkg's lock
 * is free then, and configuring again would run the script twice at a time.
 */
final class PackageScripts {
  private static final Path DATABASE = Path.of("/var/lib/dpkg");

  /** As dpkg calls them: from its database, or from where it unpacks a package's control files. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "/var/lib/dpkg/(?:info/([^/:]+)(?::[^/:]+)?\\.|tmp\\.ci/)(?:pre|post)(?:inst|rm)");

  /**
   * A script that runs.
   *
   * @param ofPackage the package's name, empty where the script's path does not tell
   * @param words the script and what it was called for
   */
  record Script(String ofPackage, String words) {
    /**
     * Whether dpkg was in the middle of it: what a package leaves in the background goes on after
     * dpkg has noted the package as whole.
     */
    boolean isInterrupted(List<DpkgPackage> packages) {
      return packages.stream()
          .filter(one -> ofPackage.isEmpty() || one.name().equals(ofPackage))
          .anyMatch(one -> one.present() && !one.whole());
    }
  }

  private PackageScripts() {}

  /** Those of this host's dpkg. */
  static List<Script> running() throws IOException {
    List<Script> running = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        Optional<Script> script = scriptIn(commandLine(process));
        if (script.isPresent() && worksHere(process)) {
          running.add(script.get());
        }
      }
    }
    return running;
  }

  /** The script that a command runs; one that it merely names is none. */
  static Optional<Script> scriptIn(List<String> commandLine) {
    for (int i = 0; i + 1 < commandLine.size(); i++) {
      Matcher script = SCRIPT.matcher(commandLine.get(i));
      if (script.matches()) {
        return Optional.of(
            new Script(
                script.group(1) == null ? "" : script.group(1),
                commandLine.get(i) + " " + commandLine.get(i + 1)));
      }
    }
    return Optional.empty();
  }

  private static List<String> commandLine(Path process) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      List<String> words = List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
      return words.subList(0, words.size() - 1); // each word ends with a zero, the last one too
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }

  /** Whether its dpkg is this host's, and not a container's. */
  private static boolean worksHere(Path process) {
    try {
      return Files.isSameFile(
          process.resolve("root").resolve(Path.of("/").relativize(DATABASE)), DATABASE);
    } catch (IOException e) {
      return false;
    }
  }
}
