package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A way from the lab's bridge to a TCP port of this machine's loopback, over a unix socket between
 * the two network namespaces. Closed, or with its lab, it is gone.
 */
public final class Forward implements AutoCloseable {
  private final String address;
  private final Process outside;
  private final Process inside;

  private Forward(String address, Process outside, Process inside) {
    this.address = address;
    this.outside = outside;
    this.inside = inside;
  }

  static Forward open(Path folder, LabNetwork network, int labPort, int machinePort) {
    Tools.require("socat");
    String socket = "forward-" + labPort; // relative: the path of a unix socket is short
    Path log = folder.resolve(socket + ".log");
    Folders.remove(folder.resolve(socket));
    Process outside =
        network.startInside(
            false,
            log,
            "socat",
            "-t60",
            "UNIX-LISTEN:" + socket + ",fork,backlog=512",
            "TCP4:127.0.0.1:" + machinePort);
    Process inside =
        network.startInside(
            true,
            log,
            "socat",
            "-t60",
            "TCP4-LISTEN:" + labPort + ",bind=" + Lab.GATEWAY + ",fork,reuseaddr,backlog=512",
            "UNIX-CONNECT:" + socket);
    Patience.until(
        "the forwarding of port " + labPort + " (see " + log + ")",
        Duration.ofSeconds(20),
        () -> Files.exists(folder.resolve(socket)) && listens(network.pid(), labPort));
    return new Forward(Lab.GATEWAY + ":" + labPort, outside, inside);
  }

  /** Where hosts reach it: address and port. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    for (Process process : new Process[] {inside, outside}) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static boolean listens(long pid, int port) {
    String local = String.format(Locale.ROOT, ":%04X 00000000:0000 0A", port);
    try {
      return Files.readString(Path.of("/proc/" + pid + "/net/tcp")).contains(local);
    } catch (IOException e) {
      return false;
    }
  }
}
