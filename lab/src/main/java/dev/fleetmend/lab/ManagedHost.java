package dev.fleetmend.lab;

import dev.fleetmend.node.image.AgentImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A host with the agent on it. */
public record ManagedHost(LabHost host) {
  /** Where the host sees the agent's image, read-only. */
  private static final String IMAGE = "/opt/fleetmend";

  private static final String LOG = "/var/log/fleetmend-agent.log";
  private static final String AGENT = IMAGE + "/bin/fleetmend-agent";
  private static final String AUTHORITY = "/etc/fleetmend-lab-ca.pem";
  private static final String REGISTRATION = "/var/lib/fleetmend/identity/registration.json";
  private static final Pattern NODE_ID = Pattern.compile("mi-[0-9a-f]{17}");

  /** Boots a new host that sees the agent's image. */
  public static ManagedHost boot(Lab lab, String name, BaseRoot base, AgentImage image) {
    return new ManagedHost(lab.boot(name, base, Map.of(IMAGE, image.folder())));
  }

  /**
   * Enrols the host and starts its agent, which from then on starts at each boot.
   *
   * @param endpoint the server's address as the host sees it
   * @param code the activation's code
   * @param authority PEM file of the CA of a server that speaks TLS; else null
   * @return the node's id
   */
  public String enrol(String endpoint, String activationId, String code, @Nullable Path authority) {
    String[] command = {AGENT, "enroll", "--endpoint", endpoint, "--activation-id", activationId};
    if (authority != null) {
      host.write(AUTHORITY, Folders.read(authority).orElseThrow() + "\n");
      command = append(command, "--ca", AUTHORITY);
    }
    host.command(command).stdin(code + "\n").run().orThrow();
    startAtBoot();
    startAgent();
    return nodeId().orElseThrow();
  }

  /** Its node id, once it is enrolled and while it is on. */
  public Optional<String> nodeId() {
    if (!host.running() || !Files.exists(host.path(REGISTRATION))) {
      return Optional.empty();
    }
    Matcher id = NODE_ID.matcher(host.read(REGISTRATION));
    return id.find() ? Optional.of(id.group()) : Optional.empty();
  }

  /** What its agent and its package transactions wrote, for a test that failed. */
  public String troubles() {
    return host.exec(
            "sh",
            "-c",
            "tail -n 40 "
                + LOG
                + " /var/lib/fleetmend/transact.log /var/lib/fleetmend/journal/*/log")
        .stdout();
  }

  private void startAtBoot() {
    if (host.exec("test", "-d", "/run/systemd/system").exitCode() == 0) {
      host.write(
          "/etc/systemd/system/fleetmend-agent.service",
          """
          [Unit]
          Description=Fleetmend agent
          After=network.target
          [Service]
          ExecStart=%s run
          Restart=always
          StandardOutput=append:%s
          StandardError=append:%s
          [Install]
          WantedBy=multi-user.target
          """
              .formatted(AGENT, LOG, LOG));
      host.exec("systemctl", "-q", "enable", "fleetmend-agent").orThrow();
    } else {
      host.write("/etc/rc.local", "#!/bin/sh\nexec " + AGENT + " run >>" + LOG + " 2>&1\n");
      host.exec("chmod", "755", "/etc/rc.local").orThrow();
    }
  }

  /** Starts the agent as a boot does. */
  public void startAgent() {
    if (host.exec("test", "-d", "/run/systemd/system").exitCode() == 0) {
      host.exec("systemctl", "start", "fleetmend-agent").orThrow();
    } else {
      host.exec("sh", "-c", "setsid /etc/rc.local </dev/null >/dev/null 2>&1 &").orThrow();
    }
  }

  private static String[] append(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
