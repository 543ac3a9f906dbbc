package dev.fleetmend.node.inventory;

import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * {@code AWS:File}: files that the parameter asks for, a JSON list such as {@code
 * [{"Path":"/etc","Pattern":["*.conf"],"Recursive":true}]}; at most {@value #MOST}.
 */
final class HostFiles implements InventoryType {
  private static final int MOST = 500;
  private static final int MOST_VISITED = 200_000;
  private static final RecordJson JSON = new RecordJson(Naming.PASCAL);

  /** A folder that the parameter names. */
  record Wanted(String path, List<String> pattern, boolean recursive) {}

  /** All of them. */
  record Asked(List<Wanted> folders) {}

  @Override
  public String typeName() {
    return "AWS:File";
  }

  @Override
  public String schemaVersion() {
    return "1.0";
  }

  @Override
  public String parameter() {
    return "files";
  }

  @Override
  public List<Map<String, String>> entries(String value) throws IOException {
    List<Map<String, String>> entries = new ArrayList<>();
    for (Wanted wanted : wanted(value)) {
      walk(wanted, entries);
    }
    return entries;
  }

  private static List<Wanted> wanted(String value) throws IOException {
    try {
      return JSON.read(
              ("{\"Folders\":" + value + "}").getBytes(StandardCharsets.UTF_8), Asked.class)
          .folders();
    } catch (MalformedJsonException e) {
      throw new IOException("files is not a JSON list of folders: " + e.getMessage(), e);
    }
  }

  private static void walk(Wanted wanted, List<Map<String, String>> entries) throws IOException {
    try {
      Path folder = Path.of(wanted.path());
      List<PathMatcher> patterns =
          wanted.pattern().stream()
              .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
              .toList();
      if (!folder.isAbsolute()) {
        throw new IOException("files: " + wanted.path() + " is not an absolute path");
      }
      Files.walkFileTree(
          folder,
          EnumSet.noneOf(FileVisitOption.class),
          wanted.recursive() ? 64 : 1,
          new Visitor(patterns, entries));
    } catch (InvalidPathException | PatternSyntaxException | UncheckedIOException e) {
      throw new IOException("files: " + e.getMessage(), e);
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final List<PathMatcher> patterns;
    private final List<Map<String, String>> entries;
    private int visited;

    Visitor(List<PathMatcher> patterns, List<Map<String, String>> entries) {
      this.patterns = patterns;
      this.entries = entries;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path name = file.getFileName();
      if (attributes.isRegularFile()
          && name != null
          && patterns.stream().anyMatch(pattern -> pattern.matches(name))) {
        if (entries.size() >= MOST) {
          return FileVisitResult.TERMINATE;
        }
        entries.add(entry(file, attributes));
      }
      return ++visited > MOST_VISITED ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static Map<String, String> entry(Path file, BasicFileAttributes attributes) {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("Name", String.valueOf(file.getFileName()));
    entry.put("Size", Long.toString(attributes.size()));
    entry.put("InstalledDir", String.valueOf(file.getParent()));
    entry.put("ModificationTime", time(attributes.lastModifiedTime().toInstant()));
    return entry;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
