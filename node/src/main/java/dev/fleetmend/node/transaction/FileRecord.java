package dev.fleetmend.node.transaction;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.vault.Digests;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How the files of the touched packages were before an installation: a line a file, package, digest
 * and path between tabs. What lies below {@code /etc} is looked after by itself.
 */
final class FileRecord {
  private static final Path ETC = Path.of("/etc");
  private static final int MOST_LISTED = 50;

  private final Path record;

  /**
   * @param folder of the installation
   */
  FileRecord(Path folder) {
    this.record = folder.resolve("files-before.gz");
  }

  /** Writes down how files are now. */
  void keep(Map<PackageId, List<Path>> files) throws IOException {
    Path half = record.resolveSibling("files-before.new");
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(half)), StandardCharsets.UTF_8))) {
      for (Map.Entry<PackageId, List<Path>> one : files.entrySet()) {
        for (Path file : one.getValue()) {
          String state = file.startsWith(ETC) ? "" : state(file);
          if (!state.isEmpty()) {
            out.write(one.getKey() + "\t" + state + "\t" + file + "\n");
          }
        }
      }
    }
    Files.move(half, record, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Which files are not as they were, for people.
   *
   * @param packages those that are back, as {@code name.arch}
   */
  List<String> differences(Set<String> packages) throws IOException {
    List<String> different = new ArrayList<>();
    for (Line line : lines(packages)) {
      String now = state(line.file());
      if (!now.equals(line.state())) {
        String how = now.isEmpty() ? " is missing" : " is not what it was";
        different.add(line.file() + how + ", although " + line.id() + " is back");
      }
    }
    int more = different.size() - MOST_LISTED;
    if (more <= 0) {
      return different;
    }
    List<String> listed = new ArrayList<>(different.subList(0, MOST_LISTED));
    listed.add("... and " + more + " more files are not what they were");
    return listed;
  }

  /**
   * Those of packages that lack a file.
   *
   * @param packages as {@code name.arch}
   */
  Set<String> missing(Set<String> packages) throws IOException {
    return lines(packages).stream()
        .filter(line -> !Files.exists(line.file(), LinkOption.NOFOLLOW_LINKS))
        .map(Line::id)
        .collect(Collectors.toSet());
  }

  private record Line(String id, String state, Path file) {}

  private List<Line> lines(Set<String> packages) throws IOException {
    List<Line> lines = new ArrayList<>();
    if (!Files.exists(record)) {
      return lines;
    }
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(record)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] field = line.split("\t", 3);
        if (field.length == 3 && packages.contains(field[0])) {
          lines.add(new Line(field[0], field[1], Path.of(field[2])));
        }
      }
    }
    return lines;
  }

  /** The content's SHA-256, where a link points to; empty for anything else. */
  private static String state(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "-> " + Files.readSymbolicLink(file);
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Digests.sha256(file) : "";
  }
}
