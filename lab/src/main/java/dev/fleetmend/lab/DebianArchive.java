package dev.fleetmend.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * This lab's copy of the archive of {@link BaseRoot#DEBIAN_SERVER}: the full lists of the machine's
 * own sources, signed by the lab, and the files of what is outstanding, old and new. A copy shares
 * files with its origin, so nothing in it is written in place.
 */
public final class DebianArchive {
  private final Path folder;
  private final Path key;
  private final Scripts scripts;

  private DebianArchive(Path folder, Path key, Scripts scripts) {
    this.folder = folder;
    this.key = key;
    this.scripts = scripts;
  }

  static DebianArchive copy(Path origin, Path archives, Path key, Scripts scripts) {
    Path folder = archives.resolve("debian");
    if (!Files.isDirectory(folder)) {
      String copy = folder + ".new";
      Execution links = Execution.local("cp", "-al", origin.toString(), copy);
      if (links.run().exitCode() != 0) {
        Folders.remove(Path.of(copy));
        Execution.local("cp", "-a", origin.toString(), copy).run().orThrow();
      }
      Execution.local("mv", copy, folder.toString()).run().orThrow();
    }
    return new DebianArchive(folder, key, scripts);
  }

  /** As {@link #drop(Map)}, one version. */
  public void drop(String name, String version) {
    drop(Map.of(name, version));
  }

  /**
   * Takes versions out of every suite, list and file, and signs anew: the archive moves on.
   *
   * @param versions by package name
   * @throws LabException when no suite has any of them
   */
  public void drop(Map<String, String> versions) {
    List<String> files = new ArrayList<>();
    for (Path suite : suites()) {
      List<String> dropped = dropFrom(suite, versions);
      if (!dropped.isEmpty()) {
        Execution.local(scripts.path("sign-suite.sh"), suite.toString(), key.toString())
            .run()
            .orThrow();
      }
      files.addAll(dropped);
    }
    if (files.isEmpty()) {
      throw new LabException("the archive has none of " + versions);
    }
    files.forEach(file -> Folders.remove(folder.resolve(file)));
  }

  private List<Path> suites() {
    try (Stream<Path> found = Files.list(folder.resolve("dists"))) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new LabException("cannot read the archive " + folder, e);
    }
  }

  /** The Filename fields of what was left out of the suite's lists. */
  private static List<String> dropFrom(Path suite, Map<String, String> versions) {
    List<String> dropped = new ArrayList<>();
    try (Stream<Path> lists = Files.list(suite.resolve("main"))) {
      for (Path list : lists.map(folder -> folder.resolve("Packages")).toList()) {
        Path changed = list.resolveSibling("Packages.new");
        try (BufferedReader in = Files.newBufferedReader(list);
            BufferedWriter out = Files.newBufferedWriter(changed)) {
          for (List<String> stanza = stanza(in); !stanza.isEmpty(); stanza = stanza(in)) {
            String version = versions.get(field(stanza, "Package: "));
            if (version != null && version.equals(field(stanza, "Version: "))) {
              dropped.add(field(stanza, "Filename: "));
            } else {
              out.write(String.join("\n", stanza) + "\n\n");
            }
          }
        }
        Files.move(changed, list, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new LabException("cannot change the lists of " + suite, e);
    }
    return dropped;
  }

  private static String field(List<String> stanza, String name) {
    return stanza.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse("");
  }

  private static List<String> stanza(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        break;
      }
    }
    return lines;
  }
}
