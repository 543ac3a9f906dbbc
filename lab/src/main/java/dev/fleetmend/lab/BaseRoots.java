package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The base roots of this machine: built once, under a lock, from the machine's own apt sources, and
 * moved in place whole. A changed recipe or source is another root.
 */
final class BaseRoots {
  private final Path cache;
  private final Scripts scripts;

  BaseRoots(Path cache, Scripts scripts) {
    this.cache = cache;
    this.scripts = scripts;
  }

  /** The folder that {@code FLEETMEND_LAB_CACHE} names, else one in the user's cache. */
  static Path defaultCache() {
    String named = System.getenv("FLEETMEND_LAB_CACHE");
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    return Path.of(System.getProperty("user.home"), ".cache", "fleetmend", "lab");
  }

  /** A root with yum 3 that somebody has put on this machine, if so. */
  static Optional<Path> givenYum() {
    String named = System.getenv("FLEETMEND_LAB_YUM_ROOT");
    return Optional.ofNullable(named).filter(name -> !name.isEmpty()).map(Path::of);
  }

  /** The key that signs every archive of this machine's labs: made once. */
  Path key() {
    Path key = cache.resolve("key");
    locked("key", scripts.path("make-key.sh"), key.toString()).run().orThrow();
    return key;
  }

  /** The folder with {@code root} and, for a server, {@code archive}; built first if need be. */
  Path get(BaseRoot base) {
    MachineSources own = MachineSources.read();
    MachineSources sources = base.suite().map(own::of).orElse(own);
    String name = base.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Path done = cache.resolve(name + "-" + recipe(base, sources));
    if (Files.isDirectory(done)) {
      return done;
    }
    Tools.require(base.tools().toArray(String[]::new));
    Path key = key();
    Path release = write(name + ".release", sources.release());
    Path updates = write(name + ".updates", sources.updates());
    ExecResult result =
        locked(
                name,
                "unshare",
                "--mount",
                "--propagation",
                "private",
                scripts.path(base.recipe().getFirst()),
                base.name(),
                done.toString(),
                base.packages(),
                key.toString())
            .env("codename", sources.codename())
            .env("release", release.toString())
            .env("updates", updates.toString())
            .env("given", givenYum().map(Path::toString).orElse(""))
            .env("scripts", scripts.folder().toString())
            .within(Duration.ofMinutes(30))
            .run();
    if (result.exitCode() != 0) {
      throw new LabException("cannot build the base root " + name + ": " + result.stderr());
    }
    return done;
  }

  private Execution locked(String name, String... command) {
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      throw new LabException("cannot make the lab's cache folder " + cache, e);
    }
    List<String> all = new ArrayList<>(List.of("flock", cache.resolve(name + ".lock").toString()));
    all.addAll(List.of(command));
    return Execution.local(all.toArray(String[]::new));
  }

  private Path write(String name, List<String> lines) {
    try {
      return Files.write(scripts.folder().resolve(name), lines);
    } catch (IOException e) {
      throw new LabException("cannot write " + name, e);
    }
  }

  private static String recipe(BaseRoot base, MachineSources sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((base.packages() + sources).getBytes(StandardCharsets.UTF_8));
      if (base == BaseRoot.RPM_YUM) {
        digest.update(givenYum().toString().getBytes(StandardCharsets.UTF_8));
      }
      base.recipe().forEach(script -> digest.update(Scripts.content(script)));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new LabException("no SHA-256 in this JDK", e);
    }
  }
}
