package dev.fleetmend.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small signed apt archive made for tests. What was added or dropped is seen by hosts once it is
 * published and they have refreshed their lists.
 */
public final class SyntheticArchive {
  private final Distribution distribution;
  private final Path folder;
  private final Path scratch;
  private final Path key;
  private final Scripts scripts;

  SyntheticArchive(
      Distribution distribution, Path archives, Path scratch, Path key, Scripts scripts) {
    this.distribution = distribution;
    this.folder = archives.resolve(distribution.folder());
    this.scratch = scratch;
    this.key = key;
    this.scripts = scripts;
  }

  /** Builds a package into a suite. */
  public SyntheticArchive add(Suite suite, Deb deb) {
    Path pool = Folders.make(pool(suite));
    new DebBuilder(scratch).build(deb, suite, pool.resolve(deb.fileName()));
    return this;
  }

  /** Takes a version out of a suite, file and all: the archive moves on. */
  public SyntheticArchive drop(Suite suite, String name, String version) {
    Path file = pool(suite).resolve(Deb.of(name, version).fileName());
    if (!Files.exists(file)) {
      throw new LabException(suite.codename() + " has no " + name + " " + version);
    }
    Folders.remove(file);
    return this;
  }

  /** Writes and signs the lists of all suites. */
  public SyntheticArchive publish() {
    String architecture = Execution.local("dpkg", "--print-architecture").run().orThrow().strip();
    for (Suite suite : Suite.values()) {
      Folders.make(pool(suite));
      Path dists = folder.resolve("dists").resolve(distribution.suite(suite));
      Path list = Folders.make(dists.resolve("main/binary-" + architecture)).resolve("Packages");
      Folders.write(dists.resolve("fields"), distribution.releaseFields(suite));
      Folders.replace(
          list,
          Execution.local(
                  "env",
                  "-C",
                  folder.toString(),
                  "apt-ftparchive",
                  "packages",
                  "pool/" + suite.codename())
              .run()
              .orThrow());
      Execution.local(scripts.path("sign-suite.sh"), dists.toString(), key.toString())
          .run()
          .orThrow();
    }
    return this;
  }

  /** The lines of a sources.list that name these suites, by bind mount. */
  public String sources(Suite... suites) {
    return sources("copy:" + Lab.ARCHIVES_IN_HOST, suites);
  }

  /** The lines of a sources.list that name these suites, under the address of the archives. */
  public String sources(String archives, Suite... suites) {
    return Stream.of(suites)
        .map(
            suite ->
                "deb [signed-by=/etc/apt/keyrings/lab.gpg] %s/%s %s main\n"
                    .formatted(archives, distribution.folder(), distribution.suite(suite)))
        .collect(Collectors.joining());
  }

  /** Makes these suites the only apt sources of the host, and refreshes its lists. */
  public void offer(LabHost host, Suite... suites) {
    host.write("/etc/apt/sources.list", sources(suites));
    host.exec("apt-get", "-qq", "update").orThrow();
  }

  private Path pool(Suite suite) {
    return folder.resolve("pool").resolve(suite.codename());
  }
}
