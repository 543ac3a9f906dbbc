package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.HeldLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An image of the agent, made from the running JDK and this program's own classes: a stripped
 * runtime, the agent's libraries, a launcher {@code bin/fleetmend-agent}, the script {@code
 * bin/fleetmend-agent-setup}, and a cache of loaded classes that makes it start fast and small.
 *
 * @param folder the image, unpacked; it runs from wherever it is copied or mounted
 * @param archive the same as tar.gz, with fixed times, order and owner
 * @param sha256 of the archive, in hex
 */
public record AgentImage(Path folder, Path archive, String sha256) {
  private static final Duration UNUSED = Duration.ofDays(3);
  private static final long LOOK_AGAIN_MILLIS = 200;

  /** The folder of this user's cache in which images are kept between runs. */
  public static Path usualCache() {
    return Path.of(System.getProperty("user.home"), ".cache", "fleetmend", "agent");
  }

  /** The program in it. */
  public Path launcher() {
    return folder.resolve("bin/fleetmend-agent");
  }

  /**
   * The image of this program as it is now. The first call after a change takes some seconds, every
   * other only as long as reading the classes.
   *
   * @param cache where images are kept by what went into them; those long unused are removed
   * @throws IOException where it can't be made; the message holds what the JDK's tools said
   */
  public static AgentImage in(Path cache, Clock clock) throws IOException, InterruptedException {
    return in(cache, clock, null);
  }

  /**
   * The same for another platform. It has no cache of loaded classes, for that is made by a run.
   *
   * @param modules of that platform's JDK; null for this machine's
   */
  public static AgentImage in(Path cache, Clock clock, @Nullable JdkModules modules)
      throws IOException, InterruptedException {
    DurableFile.makeFolder(cache);
    Ingredients ingredients = Ingredients.ofThisProgram(modules);
    Path place = cache.resolve(ingredients.key());
    @Nullable AgentImage kept = kept(place);
    if (kept == null) {
      HeldLock lock = lock(cache.resolve("lock"));
      try {
        kept = kept(place);
        if (kept == null) {
          tidy(cache, clock.instant().minus(UNUSED));
          kept = make(place, ingredients);
        }
      } finally {
        lock.close();
      }
    }
    Files.setLastModifiedTime(place, FileTime.from(clock.instant()));
    return kept;
  }

  private static @Nullable AgentImage kept(Path place) throws IOException {
    Path hash = place.resolve("sha256");
    return Files.exists(hash) ? at(place, Files.readString(hash, US_ASCII)) : null;
  }

  private static AgentImage at(Path place, String sha256) {
    return new AgentImage(place.resolve("image"), place.resolve("fleetmend-agent.tar.gz"), sha256);
  }

  private static AgentImage make(Path place, Ingredients ingredients)
      throws IOException, InterruptedException {
    Path making = place.resolveSibling(place.getFileName() + ".making");
    DurableFile.makeFolder(making);
    Path image = making.resolve("image");
    new ImageBuild(image).make(ingredients, making.resolve("training"));
    String sha256 = TarGzip.pack(image, making.resolve("fleetmend-agent.tar.gz"));
    delete(making.resolve("training"));
    Files.writeString(making.resolve("sha256"), sha256, US_ASCII);
    Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
    return at(place, sha256);
  }

  private static HeldLock lock(Path file) throws IOException, InterruptedException {
    @Nullable HeldLock lock = HeldLock.tryTake(file);
    while (lock == null) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      lock = HeldLock.tryTake(file);
    }
    return lock;
  }

  /** Removes what a killed build left, and what nobody used for long. */
  private static void tidy(Path cache, Instant before) throws IOException {
    List<Path> old;
    try (Stream<Path> all = Files.list(cache)) {
      old = all.filter(Files::isDirectory).filter(each -> isOld(each, before)).toList();
    }
    for (Path each : old) {
      delete(each);
    }
  }

  private static boolean isOld(Path image, Instant before) {
    try {
      return image.toString().endsWith(".making")
          || Files.getLastModifiedTime(image).toInstant().isBefore(before);
    } catch (IOException e) {
      return false; // it went away
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> found = Files.walk(tree)) {
      for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
