package dev.fleetmend.e2e.apt;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A lab with the well-known archive, and small hosts on which packages are as they came out. */
final class AptRig implements AutoCloseable {
  private final Lab lab;
  private final SyntheticArchive archive;

  private AptRig(Lab lab) {
    this.lab = lab;
    this.archive = lab.wellKnownArchive();
  }

  static AptRig open(Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    return new AptRig(Lab.open(folder.resolve("lab")));
  }

  SyntheticArchive archive() {
    return archive;
  }

  /** A host with packages of the first suite, an empty package cache, and all suites on offer. */
  PatchedHost host(String name, String... packages) {
    PatchedHost patched = PatchedHost.boot(lab, name, BaseRoot.DEBIAN_MINIMAL);
    archive.offer(patched.host(), Suite.RELEASE);
    String[] install = new String[packages.length + 1];
    install[0] = "install";
    System.arraycopy(packages, 0, install, 1, packages.length);
    patched.apt(install).orThrow();
    patched.apt("clean").orThrow();
    archive.offer(patched.host(), Suite.values());
    return patched;
  }

  @Override
  public void close() {
    lab.close();
  }
}
