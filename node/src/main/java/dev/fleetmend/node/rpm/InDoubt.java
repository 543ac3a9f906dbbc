package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The packages that a killed transaction of ours may have left in the middle: rpm's database knows
 * a package as soon as its files are there, whether or not its scripts have run to their end.
 */
public final class InDoubt {
  /** What dnf says last where it came to its end. */
  private static final Pattern ENDED =
      Pattern.compile("(?m)^Complete!|Error: Transaction failed|^Transaction failed: ");

  /**
   * The file's content.
   *
   * @param log what the transaction says goes there
   * @param from the log's bytes before it
   * @param indexed whether rpm's indexes were built anew since
   */
  record Begun(List<PackageId> packages, String log, long from, boolean indexed) {
    Begun {
      packages = List.copyOf(packages);
    }
  }

  private final JsonFile<Begun> file;

  /**
   * @param state a folder of ours
   */
  public InDoubt(Path state) {
    this.file = new JsonFile<>(state.resolve("in-doubt.json"), Begun.class);
  }

  /** Those in doubt now. */
  Set<PackageId> packages() throws IOException {
    Begun begun = file.read();
    if (begun == null) {
      return Set.of();
    }
    Set<PackageId> packages = new HashSet<>(begun.packages());
    if (hasEnded(begun)) {
      Set<String> cut = cutShort(Path.of(begun.log()), begun.from());
      packages.removeIf(one -> !cut.contains(one.name()));
    }
    return packages;
  }

  /**
   * Whether nobody saw one end, and rpm's indexes may be torn: what it said last comes before its
   * database is closed.
   */
  boolean mayHaveTornIndexes() throws IOException {
    Begun begun = file.read();
    return begun != null && !begun.indexed();
  }

  /** After the indexes were built anew. */
  void indexed() throws IOException {
    Begun begun = file.read();
    if (begun != null) {
      file.write(new Begun(begun.packages(), begun.log(), begun.from(), true));
    }
  }

  /** Before a transaction: what was in doubt before stays so until it is among what changes. */
  void begin(Collection<PackageId> changing, Path log) throws IOException {
    Set<PackageId> all = new HashSet<>(packages());
    all.addAll(changing);
    file.write(
        new Begun(
            all.stream().sorted().toList(), log.toAbsolutePath().toString(), size(log), false));
  }

  /** After one that came to its end: only scripts that were killed leave doubt. */
  void end(Collection<PackageId> changed) throws IOException {
    Begun begun = file.read();
    if (begun == null) {
      return;
    }
    Set<String> cut = cutShort(Path.of(begun.log()), begun.from());
    List<PackageId> left =
        begun.packages().stream()
            .filter(one -> !changed.contains(one) || cut.contains(one.name()))
            .toList();
    if (left.isEmpty()) {
      file.delete();
    } else {
      file.write(new Begun(left, "", 0, true));
    }
  }

  private static boolean hasEnded(Begun begun) throws IOException {
    return !begun.log().isEmpty()
        && ENDED.matcher(newest(Path.of(begun.log()), begun.from())).find();
  }

  private static Set<String> cutShort(Path log, long from) throws IOException {
    Set<String> names = new HashSet<>();
    RpmComplaints.parse(newest(log, from))
        .forEach(
            (name, complaint) -> {
              if (complaint.cutShort()) {
                names.add(name);
              }
            });
    return names;
  }

  /** What a log has said since it was that long. */
  static String newest(@Nullable Path log, long from) throws IOException {
    if (log == null || !Files.isRegularFile(log)) {
      return "";
    }
    try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
      byte[] newest = new byte[(int) Math.min(Math.max(0, in.length() - from), 1 << 22)];
      in.seek(Math.max(from, in.length() - newest.length));
      in.readFully(newest);
      return new String(newest, StandardCharsets.UTF_8);
    }
  }

  static long size(Path log) throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }
}
