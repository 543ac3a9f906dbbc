package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One host of a lab. */
public final class LabHost implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> ENVIRONMENT =
      List.of(
          "env",
          "-i",
          "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "HOME=/root",
          "LC_ALL=C.UTF-8");

  private final String name;
  private final HostDisk disk;
  private final LabNetwork network;
  private final Scripts scripts;

  LabHost(String name, HostDisk disk, LabNetwork network, Scripts scripts) {
    this.name = name;
    this.disk = disk;
    this.network = network;
    this.scripts = scripts;
  }

  public String name() {
    return name;
  }

  /** Its IPv4 address in the lab's network. */
  public String address() {
    return "10.99." + disk.number() / 250 + "." + (disk.number() % 250 + 2);
  }

  public boolean running() {
    return process().isPresent();
  }

  /**
   * Its process 1, as this machine counts.
   *
   * @throws LabException when it is off
   */
  public long pid() {
    return process().orElseThrow(() -> new LabException("the host " + name + " is off"));
  }

  /** Runs a command to its end, as root, with an empty standard input. */
  public ExecResult exec(String... command) {
    return command(command).run();
  }

  /** A command to be run, for what {@link #exec} leaves out. */
  public Execution command(String... command) {
    String pid = Long.toString(pid());
    return new Execution(
        Stream.concat(
                Stream.of(
                    "nsenter", "-t", pid, "-m", "-u", "-i", "-n", "-p", "-T", "--root", "--wdns=/"),
                ENVIRONMENT.stream())
            .toList(),
        List.of(command));
  }

  /** Boots it from its disk, and returns when its process 1 is ready. */
  public void boot() {
    if (running()) {
      return;
    }
    Process supervisor =
        network.startInside(
            true,
            disk.folder().resolve("console"),
            scripts.path(disk.init().supervisor()),
            scripts.folder().toString(),
            disk.folder().toString(),
            disk.base(),
            Long.toString(network.pid()),
            Integer.toString(disk.number()),
            name);
    Patience.until(
        "the boot of " + name,
        LIMIT,
        () -> {
          if (!supervisor.isAlive()) {
            throw new LabException("the host " + name + " does not boot: " + console());
          }
          return running();
        });
  }

  /** Asks its process 1 to reboot, and returns when it is up again. */
  public void reboot() {
    long before = pid();
    exec("sh", "-c", disk.init().reboot());
    awaitReboot(before);
  }

  /** Returns when it is up with another process 1 than this one. */
  public void awaitReboot(long pidBefore) {
    Patience.until(
        "the reboot of " + name, LIMIT, () -> process().filter(p -> p != pidBefore).isPresent());
  }

  /** Kills everything in it at once. It stays off until {@link #boot()}. */
  public void powerCut() {
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    process.destroyForcibly();
    Patience.until(
        "the end of " + name,
        LIMIT,
        () -> !process.isAlive() && !Files.exists(disk.folder().resolve(disk.init().mark())));
  }

  /** Takes its network link down, also for later boots. */
  public void cutNetwork() {
    Folders.write(disk.folder().resolve("cut"), "");
    link("down");
  }

  /** Takes its network link up again. */
  public void joinNetwork() {
    Folders.remove(disk.folder().resolve("cut"));
    link("up");
  }

  /** Whether its network link is down. */
  public boolean networkCut() {
    return Files.exists(disk.folder().resolve("cut"));
  }

  /**
   * A file of the running host, as a path of this machine. Links are followed as in the host.
   *
   * @param inHost an absolute path
   */
  public Path path(String inHost) {
    return InRoot.follow(Path.of("/proc", Long.toString(pid()), "root"), inHost);
  }

  /** The text of a file in it. */
  public String read(String inHost) {
    try {
      return Files.readString(path(inHost));
    } catch (IOException e) {
      throw new LabException("cannot read " + inHost + " of " + name, e);
    }
  }

  /** Writes a file in it, with the folders it needs. */
  public void write(String inHost, String text) {
    Path file = path(inHost);
    Folders.make(Objects.requireNonNull(file.getParent()));
    Folders.write(file, text);
  }

  /** What its process 1 and its supervisor wrote. */
  public String console() {
    return Folders.read(disk.folder().resolve("console")).orElse("");
  }

  /** Ends it and removes its disk. */
  @Override
  public void close() {
    if (running()) {
      powerCut();
    }
    Folders.remove(disk.folder());
  }

  private void link(String state) {
    if (running()) {
      network.inNetwork("ip", "link", "set", "h" + disk.number(), state).run().orThrow();
    }
  }

  private Optional<Long> process() {
    return disk.init().find(disk.folder());
  }
}
