package dev.fleetmend.server.install;

import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.http.Download;
import dev.fleetmend.server.http.NotHereException;
import dev.fleetmend.server.tls.ServerCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives away the agent's images and the script that installs them, without credentials: {@code
 * /agent/install.sh}, {@code /agent/<platform>/fleetmend-agent.tar.gz} and the same with {@code
 * .sha256}. Nothing in them is secret.
 */
public final class AgentInstallation {
  private static final String PATH = "/agent/";
  private static final String SCRIPT = "install.sh";
  private static final String ARCHIVE = "/fleetmend-agent.tar.gz";
  private static final String HASH = ".sha256";

  private final Core core;
  private final AgentImages images;

  public AgentInstallation(Core core) {
    this.core = core;
    this.images = AgentImages.of(core.config().data());
  }

  public void offer() {
    core.routes().on(PATH, this::open);
    core.operations()
        .on("Fleetmend.GetAgentInstaller", Empty.class, (request, caller) -> installer());
  }

  private AgentInstaller installer() {
    ServerCertificate certificate = certificate();
    return new AgentInstaller(
        PATH + SCRIPT,
        certificate == null ? null : certificate.keyPin(),
        certificate == null ? List.of() : certificate.names(),
        images.all().stream()
            .map(image -> new AgentInstaller.Image(image.platform(), image.sha256()))
            .toList());
  }

  private Optional<Download> open(String rest) throws IOException {
    if (rest.equals(SCRIPT)) {
      return Optional.of(
          Download.of("text/x-shellscript", script().getBytes(StandardCharsets.UTF_8)));
    }
    boolean hash = rest.endsWith(ARCHIVE + HASH);
    String file = hash ? rest.substring(0, rest.length() - HASH.length()) : rest;
    if (!file.endsWith(ARCHIVE)) {
      return Optional.empty();
    }
    String platform = file.substring(0, file.length() - ARCHIVE.length());
    AgentImages.Image image =
        images.find(platform).orElseThrow(() -> new NotHereException(missing(platform)));
    return Optional.of(
        hash
            ? Download.of(
                "text/plain",
                (image.sha256() + "  " + ARCHIVE.substring(1) + "\n")
                    .getBytes(StandardCharsets.US_ASCII))
            : Download.of("application/gzip", image.archive()));
  }

  private String script() throws IOException {
    List<AgentImages.Image> all = images.all();
    if (all.isEmpty()) {
      throw new NotHereException(missing(""));
    }
    ServerCertificate certificate = certificate();
    return InstallScript.render(
        core.config().region(), certificate == null ? "" : certificate.authorityPem(), all);
  }

  private static String missing(String platform) {
    return "There is no agent image for "
        + (AgentImages.isPlatform(platform) ? platform : "that platform")
        + " here (yet): the server makes its own machine's in the first minute after its start.";
  }

  private @Nullable ServerCertificate certificate() {
    return core.tls() == null ? null : core.tls().certificate();
  }
}
