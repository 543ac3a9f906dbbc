package dev.fleetmend.node.update;

import dev.fleetmend.node.NodeVersion;
import dev.fleetmend.node.image.Platform;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.RunWatch;
import dev.fleetmend.node.program.Programs;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.node.vault.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The document {@code AWS-UpdateSSMAgent}: fetches the server's image, tries it, has it started in
 * place of this agent, and is gone on with by the agent that runs then. Where the new one does not
 * stay up, the old one is started again.
 */
public final class AgentUpdate implements PatchRun {
  private static final Duration FOR_THE_RESTART = Duration.ofMinutes(3);

  /**
   * Outlives this agent. Arguments: the base folder, the image to go back to, and the one to start;
   * where another update has chosen yet another meanwhile, that one's own watch decides.
   */
  private static final String RESTART =
      """
      "$1/current/bin/fleetmend-agent-setup" start && sleep 12 &&
        "$1/current/bin/fleetmend-agent-setup" running && exit 0
      [ "$(readlink "$1/current")" = "versions/$3" ] || exit 0
      ln -sfn "versions/$2" "$1/next" && mv -fT "$1/next" "$1/current" &&
        exec "$1/current/bin/fleetmend-agent-setup" start
      """;

  private final URI server;
  private final Path state;
  private final JsonFile<Attempt> attempts;

  /**
   * @param state the agent's state folder
   */
  public AgentUpdate(URI server, Path state) {
    this.server = server;
    this.state = state;
    this.attempts = new JsonFile<>(state.resolve("update.json"), Attempt.class);
  }

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) throws InterruptedException {
    Versions versions = Versions.of(System.getProperty("fleetmend.launcher"));
    if (versions == null) {
      return done("This agent was not installed from an image; what started it updates it.");
    }
    try {
      return update(command.commandId(), versions);
    } catch (IOException e) {
      return failed("The agent was not updated: " + e.getMessage() + ". It runs on as it was.");
    }
  }

  private PatchOutcome update(String commandId, Versions versions)
      throws IOException, InterruptedException {
    @Nullable Attempt attempt = attempts.read();
    if (attempt != null && attempt.commandId().equals(commandId)) {
      if (attempt.to().equals(versions.running())) {
        versions.keepOnly(attempt.to(), attempt.from());
        return done("The agent was updated: " + text(versions));
      }
      return failed(
          "The new agent, image "
              + attempt.to()
              + ", did not stay up; the old one was started again: "
              + text(versions));
    }
    Download download = new Download(server, Platform.ofThisMachine());
    String hash = download.hash();
    if (hash.equals(versions.running())) {
      return done("The agent is the server's already: " + text(versions));
    }
    fetch(versions, download, hash);
    attempts.write(new Attempt(commandId, versions.running(), hash));
    versions.choose(hash);
    new Programs(Map.of())
        .start(
            List.of(
                "setsid",
                "sh",
                "-c",
                RESTART,
                "sh",
                versions.base().toString(),
                versions.running(),
                hash),
            Path.of("/"),
            state.resolve("update.log"));
    Thread.sleep(FOR_THE_RESTART);
    return failed("The new agent was not started; see " + state.resolve("update.log"));
  }

  private static void fetch(Versions versions, Download download, String hash) throws IOException {
    Path work = versions.work();
    try {
      Path archive = work.resolve("image.tar.gz");
      download.to(archive);
      if (!Objects.equals(Digests.sha256(archive), hash)) {
        throw new IOException("what the server gave has another SHA-256 than it says");
      }
      versions.add(hash, archive, work);
    } finally {
      Versions.delete(work);
    }
  }

  private static String text(Versions versions) {
    return "version " + NodeVersion.VERSION + ", image " + versions.running();
  }

  private static PatchOutcome done(String said) {
    return new PatchOutcome(0, said + "\n", "");
  }

  private static PatchOutcome failed(String said) {
    return new PatchOutcome(1, "", said + "\n");
  }
}
