package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a host has as its process 1, and how that is started, found and told to reboot. */
enum Init {
  /** The lab's own script. */
  SHELL("supervise.sh", "kill -s USR1 1", "pid") {
    @Override
    Optional<Long> find(Path host) {
      return Folders.readProcess(host.resolve(mark()))
          .filter(pid -> Files.exists(Path.of("/proc/" + pid + "/root/run/lab/ready")));
    }
  },

  /** systemd, in systemd-nspawn. */
  SYSTEMD("supervise-systemd.sh", "systemctl --no-block reboot", "supervisor") {
    @Override
    Optional<Long> find(Path host) {
      return Folders.readProcess(host.resolve(mark()))
          .flatMap(ProcessHandle::of)
          .flatMap(
              supervisor ->
                  supervisor
                      .descendants()
                      .map(ProcessHandle::pid)
                      .filter(Init::firstInItsNamespace)
                      .filter(pid -> Files.exists(Path.of("/proc/" + pid + "/root/run/lab-ready")))
                      .findFirst());
    }
  };

  private final String supervisor;
  private final String reboot;
  private final String mark;

  Init(String supervisor, String reboot, String mark) {
    this.supervisor = supervisor;
    this.reboot = reboot;
    this.mark = mark;
  }

  /** Its process 1 once it is ready, as this machine counts. */
  abstract Optional<Long> find(Path host);

  /** The script that keeps the host. */
  String supervisor() {
    return supervisor;
  }

  /** The command, in the host, that asks for a reboot. */
  String reboot() {
    return reboot;
  }

  /** The file in the host's folder that is there while the host is on. */
  String mark() {
    return mark;
  }

  private static boolean firstInItsNamespace(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .anyMatch(line -> line.startsWith("NSpid:") && line.endsWith("\t1"));
    } catch (IOException e) {
      return false; // it ended
    }
  }
}
