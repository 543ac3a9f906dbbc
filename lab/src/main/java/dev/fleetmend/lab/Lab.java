package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hosts on this machine: real root file systems, each in namespaces of its own, on a bridge that
 * only they can see. Labs side by side do not touch each other. An owned lab ends with this JVM,
 * even when it is killed.
 */
public final class Lab implements AutoCloseable {
  /** Where a host finds {@link #archives()}, read-only. */
  public static final String ARCHIVES_IN_HOST = "/srv/lab";

  /** The address that the machine of the lab has for its hosts. */
  public static final String GATEWAY = "10.99.0.1";

  private final Path folder;
  private final Scripts scripts;
  private final LabNetwork network;
  private final BaseRoots roots;

  private Lab(Path folder, Scripts scripts, LabNetwork network) {
    this.folder = folder;
    this.scripts = scripts;
    this.network = network;
    this.roots = new BaseRoots(BaseRoots.defaultCache(), scripts);
  }

  /** An owned lab in a folder of the cache; what killed JVMs left there is removed first. */
  public static Lab temporary() {
    return open(new TemporaryLabs(BaseRoots.defaultCache().resolve("running")).create());
  }

  /** As {@link #open(Path, Lifetime)}, owned. */
  public static Lab open(Path folder) {
    return open(folder, Lifetime.OWNED);
  }

  /**
   * A new lab without hosts. What a dead lab left in the folder is removed.
   *
   * @param folder the lab's own: empty, or where a lab was before
   * @throws LabException when a lab runs there, the folder is somebody else's, or this machine
   *     lacks what a lab needs
   */
  public static Lab open(Path folder, Lifetime lifetime) {
    Tools.require("unshare", "nsenter", "ip", "flock");
    Path own = Folders.make(folder).toAbsolutePath().normalize();
    if (LabNetwork.running(own).isPresent()) {
      throw new LabException("a lab runs in " + own + "; take it down first");
    }
    clear(own);
    Folders.make(own.resolve("hosts"));
    Folders.make(own.resolve("archives"));
    Scripts scripts = Scripts.in(own.resolve("scripts"));
    Execution.local(scripts.path("sweep.sh")).run();
    return new Lab(own, scripts, LabNetwork.start(own, scripts, lifetime));
  }

  /** The lab that runs in the folder, if one does. */
  public static Optional<Lab> running(Path folder) {
    Path own = folder.toAbsolutePath().normalize();
    return LabNetwork.running(own)
        .map(network -> new Lab(own, Scripts.in(own.resolve("scripts")), network));
  }

  /** Why this machine cannot run a lab, if so. */
  public static Optional<String> obstacle() {
    return Tools.missing(
        List.of(
            "mmdebstrap", "apt-ftparchive", "gpg", "unshare", "nsenter", "ip", "socat", "flock"));
  }

  /** Why this machine cannot run hosts of rpm packages, if so. */
  public static Optional<String> rpmObstacle() {
    return obstacle()
        .or(() -> Tools.missing(List.of("rpmbuild", "rpmsign", "createrepo_c", "modifyrepo_c")));
  }

  /**
   * Why this machine cannot have the base root, if so: the packages of another suite change, and
   * may be out of reach. Builds it first if need be.
   */
  public Optional<String> obstacle(BaseRoot base) {
    try {
      roots.get(base);
      return Optional.empty();
    } catch (LabException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A new host, booted.
   *
   * @param name as a host name: small letters, digits and hyphens
   */
  public LabHost boot(String name, BaseRoot base) {
    return boot(name, base, Map.of());
  }

  /**
   * A new host, booted, that sees folders of this machine read-only.
   *
   * @param folders by the place in the host
   */
  public LabHost boot(String name, BaseRoot base, Map<String, Path> folders) {
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new LabException("not a host name: " + name);
    }
    Path built = roots.get(base);
    if (base == BaseRoot.DEBIAN_SERVER) {
      DebianArchive.copy(built.resolve("archive"), archives(), roots.key(), scripts);
    }
    Path root = built.resolve("root");
    HostDisk disk = HostDisk.create(folder.resolve("hosts"), name, root, base.init());
    StringBuilder lines = new StringBuilder();
    lines.append(ARCHIVES_IN_HOST + " ").append(archives()).append('\n');
    folders.forEach((place, source) -> lines.append(place + " " + source.toAbsolutePath() + "\n"));
    Folders.write(disk.folder().resolve("folders"), lines.toString());
    LabHost host = new LabHost(name, disk, network, scripts);
    host.boot();
    return host;
  }

  /** The hosts of this lab, by name. */
  public List<LabHost> hosts() {
    try (Stream<Path> found = Files.list(folder.resolve("hosts"))) {
      return found
          .sorted()
          .map(
              path ->
                  new LabHost(path.getFileName().toString(), new HostDisk(path), network, scripts))
          .toList();
    } catch (IOException e) {
      throw new LabException("cannot list the hosts of " + folder, e);
    }
  }

  /** The host of this name. */
  public Optional<LabHost> host(String name) {
    return hosts().stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** The folder that every host sees as {@link #ARCHIVES_IN_HOST}, for package archives. */
  public Path archives() {
    return folder.resolve("archives");
  }

  /** The archive that hosts on {@link BaseRoot#DEBIAN_SERVER} take their packages from. */
  public DebianArchive debianArchive() {
    Path origin = roots.get(BaseRoot.DEBIAN_SERVER).resolve("archive");
    return DebianArchive.copy(origin, archives(), roots.key(), scripts);
  }

  /** The synthetic archive of this lab, which has no package until one is added. */
  public SyntheticArchive syntheticArchive() {
    return syntheticArchive(Distribution.DEBIAN);
  }

  /** One that says of itself that it is of another distribution. */
  public SyntheticArchive syntheticArchive(Distribution distribution) {
    return new SyntheticArchive(
        distribution, archives(), folder.resolve("scratch"), roots.key(), scripts);
  }

  /**
   * The synthetic archive with the packages that tests of patching need, each as {@code lab-NAME}
   * in version 1.0 in {@link Suite#RELEASE}: cli, app and lib (a chain of exact versions, app with
   * a conffile; 1.1 in updates, 1.2 in security), good, held, reboot, grow (new dependency extra)
   * with 1.1 in security; broken, norm (cannot be removed), slow, ask (reads its input) with 1.1 in
   * updates; rival 2.0 in updates conflicts with held; mask has 1.1 in security behind 1.2 in
   * updates.
   */
  public SyntheticArchive wellKnownArchive() {
    SyntheticArchive archive = syntheticArchive();
    new SyntheticPackages(archive).addAll();
    return archive;
  }

  /** The archive of rpm packages of a family, which has no package until one is added. */
  public RpmArchive rpmArchive(RpmFamily family) {
    return new RpmArchive(family, archives(), folder.resolve("scratch"), roots.key(), scripts);
  }

  /**
   * The archive of rpm packages that tests of patching need, each as {@code lab-NAME} in version
   * 1.0 in {@link RpmRepository#BASE}, and newer in {@link RpmRepository#UPDATES} under a notice:
   * cli, app and lib (a chain of exact versions, app with a {@code %config(noreplace)}; 1.1 as a
   * bug fix, 1.2 as a security fix), good, held, reboot (its notice wants one), grow (new
   * dependency extra) 1.1 as security fixes; broken (fails before it goes in), warn (fails after it
   * went in), slow, norm (cannot be removed), settings (with a {@code %config}) 1.1 as bug fixes;
   * rival 2.0 conflicts with held; new obsoletes old; mask has a security fix 1.1 behind a bug fix
   * 1.2. A kernel, of which several versions can be installed, goes from 6.1 to 6.2. It is made
   * once a lab.
   */
  public RpmArchive wellKnownRpmArchive(RpmFamily family) {
    RpmArchive archive = rpmArchive(family);
    if (!archive.published()) {
      new SyntheticRpms(archive, family).addAll();
    }
    return archive;
  }

  /** Lets hosts reach a TCP port of this machine's loopback at {@link #GATEWAY}. */
  public Forward forward(int labPort, int machinePort) {
    return Forward.open(folder, network, labPort, machinePort);
  }

  /** Serves {@link #archives()} by http to the hosts, on this port of {@link #GATEWAY}. */
  public ArchiveServer serveArchives(int labPort) {
    return ArchiveServer.open(this, labPort);
  }

  /** Ends and removes the lab with all its hosts. */
  @Override
  public void close() {
    network.stop();
    Execution.local(scripts.path("sweep.sh")).run();
    Folders.remove(folder);
  }

  private static void clear(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      boolean empty = found.findAny().isEmpty();
      if (!empty && !Files.isDirectory(folder.resolve("hosts"))) {
        throw new LabException(folder + " is not a lab's folder: it holds something else");
      }
    } catch (IOException e) {
      throw new LabException("cannot read the lab's folder " + folder, e);
    }
    try (Stream<Path> found = Files.list(folder)) {
      found.forEach(Folders::remove);
    } catch (IOException e) {
      throw new LabException("cannot clear the lab's folder " + folder, e);
    }
  }
}
