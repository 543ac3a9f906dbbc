package dev.fleetmend.node;

import dev.fleetmend.node.agent.AgentConfig;
import dev.fleetmend.node.agent.NodeSession;
import dev.fleetmend.node.http.PinnedTls;
import dev.fleetmend.node.identity.Enrolment;
import dev.fleetmend.node.identity.IdentityFolder;
import dev.fleetmend.node.identity.Registration;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.DurableFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code fleetmend-agent enroll}: makes this host a node of a server. */
final class EnrolCommand {
  private final Options options;
  private final Path configFile;
  private final Clock clock;
  private final PrintStream out;
  private final AgentLog log;

  EnrolCommand(Options options, Path configFile, Clock clock, PrintStream out, AgentLog log) {
    this.options = options;
    this.configFile = configFile;
    this.clock = clock;
    this.out = out;
    this.log = log;
  }

  int run() throws UsageException, IOException, RefusedException {
    AgentConfig config = config();
    IdentityFolder identity = new IdentityFolder(config.state());
    Registration earlier = identity.registration();
    if (earlier != null && !options.has("--again")) {
      throw new UsageException(
          "this host is "
              + earlier.instanceId()
              + " already, and stays so; --again makes it a new node");
    }
    String activationId = options.required("--activation-id");
    String code = activationCode();
    DurableFile.makeFolder(config.state());
    Enrolment enrolment = new Enrolment(identity, NodeSession.unsigned(config, clock, log));
    Registration registration = enrolment.enrol(activationId, code, config.region());
    Path folder = configFile.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    config.write(configFile);
    out.println(registration.instanceId());
    return 0;
  }

  private AgentConfig config() throws UsageException, IOException {
    Path state = Path.of(options.get("--state", "/var/lib/fleetmend")).toAbsolutePath();
    AgentConfig config =
        new AgentConfig(
            options.required("--endpoint"),
            options.get("--region", ""),
            keptCa(state),
            state.toString(),
            options.has("--read-only"),
            0,
            0,
            List.of());
    config.address();
    return config;
  }

  /**
   * A copy in the state folder: the authority is pinned from now on, whatever becomes of the file.
   */
  private @Nullable String keptCa(Path state) throws IOException {
    String ca = options.get("--ca");
    if (ca == null) {
      return null;
    }
    PinnedTls.trusting(Path.of(ca));
    DurableFile.makeFolder(state);
    Path kept = state.resolve("server-ca.pem");
    DurableFile.write(kept, Files.readAllBytes(Path.of(ca)));
    return kept.toString();
  }

  private String activationCode() throws UsageException, IOException {
    String file = options.get("--activation-code-file");
    String code = file == null ? firstLineOfInput() : Files.readString(Path.of(file)).strip();
    if (code.isEmpty()) {
      throw new UsageException("there is no activation code in the file or on standard input");
    }
    return code;
  }

  private static String firstLineOfInput() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    return line == null ? "" : line.strip();
  }
}
