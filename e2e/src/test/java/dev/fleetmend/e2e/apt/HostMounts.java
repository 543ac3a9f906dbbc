package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Troubles with the disks of a host, made from outside: it has no mount of its own. */
public final class HostMounts {
  private final LabHost host;

  public HostMounts(LabHost host) {
    this.host = host;
  }

  /** A small disk in the place of a folder, with what the folder has. */
  public void smallDisk(String folder, String size) {
    host.exec("cp", "-a", folder, "/run/kept").orThrow();
    mount("-t", "tmpfs", "-o", "size=" + size, "none", inHost(folder));
    host.exec("cp", "-a", "/run/kept/.", folder).orThrow();
    host.exec("rm", "-rf", "/run/kept").orThrow();
  }

  /** Nothing in the place of a folder. */
  public void empty(String folder) {
    mount("-t", "tmpfs", "none", inHost(folder));
  }

  /** A disk that cannot be written to in the place of a folder. */
  public void readOnly(String folder) {
    mount("--bind", inHost(folder), inHost(folder));
    mount("-o", "remount,bind,ro", inHost(folder));
  }

  /** What was there before. */
  public void umount(String folder) {
    outside("umount", inHost(folder));
  }

  private void mount(String... options) {
    List<String> line = new ArrayList<>(List.of("mount"));
    line.addAll(List.of(options));
    outside(line.toArray(String[]::new));
  }

  private String inHost(String folder) {
    return "/proc/" + host.pid() + "/root" + folder;
  }

  /** This machine's program in the host's mounts. */
  private void outside(String... command) {
    List<String> line = new ArrayList<>(List.of("nsenter", "-m", "-t", Long.toString(host.pid())));
    line.addAll(List.of(command));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(line + ": " + said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
