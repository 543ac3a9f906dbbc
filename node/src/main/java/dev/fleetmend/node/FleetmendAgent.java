package dev.fleetmend.node;

import dev.fleetmend.node.agent.Agent;
import dev.fleetmend.node.agent.AgentConfig;
import dev.fleetmend.node.agent.NodeSession;
import dev.fleetmend.node.agent.SignedPatchServer;
import dev.fleetmend.node.document.HostDocuments;
import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.inventory.Gathering;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchNode;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.node.patch.Recovery;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.update.AgentUpdate;
import dev.fleetmend.node.worker.DetachedWorkers;
import dev.fleetmend.node.worker.ReadOnlyGuard;
import dev.fleetmend.node.worker.SerialPatchRun;
import dev.fleetmend.node.worker.SerialRecovery;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * {@code fleetmend-agent}: the program on a managed host. Exit code 0 for success, 1 for failure, 2
 * for a command line that makes no sense, 194 for a guest that wants a reboot.
 */
public final class FleetmendAgent {
  private static final Duration FOR_ANOTHER_RUN = Duration.ofMinutes(10);
  private static final Pattern TRANSACTION_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final String CONFIG = "--config";
  private static final String USAGE =
      """
      fleetmend-agent enroll --endpoint URL --activation-id ID [--activation-code-file FILE]
                             [--region REGION] [--ca FILE] [--state DIR] [--read-only] [--again]
                             (the activation's code comes from the file, or from standard input)
      fleetmend-agent run
      fleetmend-agent version
      fleetmend-agent scan
      fleetmend-agent install [--not-revertible warn|refuse] [--preview HASH]
      fleetmend-agent rollback [--transaction ID [--with-newer]] [--preview HASH]
                             [--not-revertible warn|refuse]
      fleetmend-agent guest --command ID --node ID --endpoint URL --credentials FILE
                             [--step NAME] [--region REGION] [--ca FILE] [--state DIR]
                             (a patch command that another agent of this host has taken)
      Each takes --config FILE (usually /etc/fleetmend/agent.json).""";

  private final Path configFile;
  private final Options options;
  private final Clock clock;
  private final PrintStream out;
  private final PrintStream err;
  private final AgentLog log;

  private FleetmendAgent(Options options, Clock clock, PrintStream out, PrintStream err) {
    this.configFile = Path.of(options.get(CONFIG, AgentConfig.USUAL_FILE.toString()));
    this.options = options;
    this.clock = clock;
    this.out = out;
    this.err = err;
    this.log = new AgentLog(err, clock);
  }

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    try {
      Options options =
          Options.parse(
              arguments,
              Set.of(
                  CONFIG,
                  "--endpoint",
                  "--activation-id",
                  "--activation-code-file",
                  "--region",
                  "--ca",
                  "--state",
                  "--transaction",
                  "--not-revertible",
                  "--preview",
                  "--command",
                  "--step",
                  "--node",
                  "--credentials"),
              Set.of("--read-only", "--again", "--with-newer"));
      return new FleetmendAgent(options, Clock.systemUTC(), out, err).command();
    } catch (UsageException e) {
      err.println("fleetmend-agent: " + e.getMessage() + "\n" + USAGE);
      return 2;
    } catch (IOException e) {
      err.println("fleetmend-agent: " + e.getMessage());
      return 1;
    } catch (RefusedException e) {
      err.println("fleetmend-agent: the server refused (" + e.code() + "): " + e.getMessage());
      return 1;
    }
  }

  private int command() throws UsageException, IOException, RefusedException, InterruptedException {
    List<String> operands = options.operands();
    String command = operands.isEmpty() ? "" : operands.getFirst();
    return switch (command) {
      case "enroll" -> new EnrolCommand(options, configFile, clock, out, log).run();
      case "run" -> runAgent();
      case "scan" -> patch(Map.of("Operation", List.of("Scan")));
      case "install" -> patch(parameters("Install"));
      case "rollback" -> patch(rollback());
      case "guest" ->
          print(new GuestCommand(options, clock, log).run(new PrintingWatch(out))).exitCode();
      case "version" -> version();
      case "transact" -> transact(operands);
      case "" -> throw new UsageException("no command");
      default -> throw new UsageException("unknown command " + command);
    };
  }

  private Map<String, List<String>> rollback() {
    Map<String, List<String>> parameters = parameters("Uninstall");
    parameters.put("WithNewer", List.of(String.valueOf(options.has("--with-newer"))));
    parameters.put("TransactionId", List.of(options.get("--transaction", "")));
    return parameters;
  }

  private Map<String, List<String>> parameters(String operation) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("Operation", List.of(operation));
    parameters.put("RebootOption", List.of("NoReboot"));
    parameters.put("NotRevertible", List.of(options.get("--not-revertible", "")));
    parameters.put("PreviewHash", List.of(options.get("--preview", "")));
    return parameters;
  }

  private int version() {
    out.println(NodeVersion.AGENT_NAME + " " + NodeVersion.VERSION);
    return 0;
  }

  private int runAgent() throws IOException, InterruptedException {
    AgentConfig config = AgentConfig.read(configFile);
    NodeSession session = NodeSession.open(config, clock, log);
    new Agent(config, session, BootId.ofKernel(), clock, log)
        .run(
            new HostDocuments(
                patchRun(config, session),
                new Gathering(session.registration().instanceId(), session.server(), clock),
                new AgentUpdate(config.address(), config.state()),
                config.readOnly()),
            recovery(config, session));
    return 0;
  }

  private int patch(Map<String, List<String>> parameters) throws IOException, InterruptedException {
    AgentConfig config = AgentConfig.read(configFile);
    PatchRun patchRun = patchRun(config, NodeSession.open(config, clock, log));
    PatchOutcome outcome =
        patchRun.run(
            new PatchCommand(UUID.randomUUID().toString(), parameters), new PrintingWatch(out));
    return print(outcome).exitCode() == 0 ? 0 : 1;
  }

  private PatchOutcome print(PatchOutcome outcome) {
    out.print(outcome.standardOutput());
    err.print(outcome.standardError());
    return outcome;
  }

  private int transact(List<String> operands)
      throws UsageException, IOException, InterruptedException {
    if (operands.size() != 2 || !TRANSACTION_ID.matcher(operands.get(1)).matches()) {
      throw new UsageException("transact needs the id of a transaction");
    }
    Path state = AgentConfig.read(configFile).state();
    return DetachedWorkers.alone(state, () -> Patching.transact(state, operands.get(1)));
  }

  private PatchRun patchRun(AgentConfig config, NodeSession session) throws IOException {
    PatchRun onThisHost =
        Patching.on(
            node(config, session), new SignedPatchServer(session.server()), workers(config));
    return new ReadOnlyGuard(
        new SerialPatchRun(onThisHost, config.state(), FOR_ANOTHER_RUN), config.readOnly());
  }

  private Recovery recovery(AgentConfig config, NodeSession session) throws IOException {
    return config.readOnly()
        ? Recovery.none()
        : new SerialRecovery(
            Patching.recovery(
                node(config, session), new SignedPatchServer(session.server()), workers(config)),
            config.state());
  }

  private static PatchNode node(AgentConfig config, NodeSession session) {
    return new PatchNode(session.registration().instanceId(), config.state(), config.readOnly());
  }

  private DetachedWorkers workers(AgentConfig config) {
    return new DetachedWorkers(config.state(), AgentProgram.withConfig(configFile));
  }
}
