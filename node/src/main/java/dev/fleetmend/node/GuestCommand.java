package dev.fleetmend.node;

import dev.fleetmend.node.agent.AgentConfig;
import dev.fleetmend.node.agent.NodeSession;
import dev.fleetmend.node.agent.SignedPatchServer;
import dev.fleetmend.node.document.HostDocuments;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.HostTrust;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.identity.SharedCredentials;
import dev.fleetmend.node.inventory.Gathering;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchNode;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.patch.RunWatch;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.worker.DetachedWorkers;
import dev.fleetmend.node.worker.SerialPatchRun;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.GetCommandPayloadRequest;
import dev.fleetmend.protocol.message.GetCommandPayloadResponse;
import dev.fleetmend.protocol.message.SendCommandPayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code fleetmend-agent guest}: carries out a patch command that another agent of this host has
 * taken, with that agent's credentials. What the command says is asked of the server, so that no
 * shell has read it. Exit code 194 asks that agent for a reboot and to be called again.
 */
final class GuestCommand {
  private static final Duration FOR_ANOTHER_RUN = Duration.ofMinutes(10);

  private static final PatchOutcome LEFT_ALONE =
      new PatchOutcome(
          0,
          "The agent of this host is not Fleetmend's and was left as it is; the worker that patches"
              + " for it is the server's.\n",
          "");

  private final Options options;
  private final Clock clock;
  private final AgentLog log;

  GuestCommand(Options options, Clock clock, AgentLog log) {
    this.options = options;
    this.clock = clock;
    this.log = log;
  }

  PatchOutcome run(RunWatch watch)
      throws UsageException, IOException, RefusedException, InterruptedException {
    AgentConfig config = config();
    Path configFile = config.state().resolve("guest.json");
    DurableFile.makeFolder(config.state());
    config.write(configFile);
    ServiceClient server =
        NodeSession.unsigned(config, clock, log)
            .signedBy(
                new SharedCredentials(
                    Path.of(options.required("--credentials")), config.region(), clock));
    PatchNode node = new PatchNode(options.required("--node"), config.state(), false);
    DetachedWorkers workers =
        new DetachedWorkers(config.state(), AgentProgram.withConfig(configFile));
    PatchRun patching =
        new SerialPatchRun(
            Patching.on(node, new SignedPatchServer(server), workers),
            config.state(),
            FOR_ANOTHER_RUN);
    HostDocuments own =
        new HostDocuments(
            patching,
            new Gathering(node.instanceId(), server, clock),
            (command, by) -> LEFT_ALONE,
            false);
    SendCommandPayload payload = payload(server);
    PatchRun run = own.of(payload.documentName(), options.get("--step", ""));
    return run == null
        ? new PatchOutcome(1, "", payload.documentName() + " is no document for this worker.\n")
        : run.run(
            PatchCommand.of(payload.commandId(), payload.documentName(), payload.parameters()),
            watch);
  }

  private SendCommandPayload payload(ServiceClient server)
      throws UsageException, IOException, RefusedException {
    GetCommandPayloadResponse answer =
        server.call(
            Call.of(Target.FLEETMEND, "GetCommandPayload"),
            new GetCommandPayloadRequest(options.required("--command")),
            GetCommandPayloadResponse.class);
    return new RecordJson(Naming.PASCAL)
        .read(answer.payload().getBytes(StandardCharsets.UTF_8), SendCommandPayload.class);
  }

  private AgentConfig config() throws UsageException, IOException {
    String endpoint = options.required("--endpoint");
    AgentConfig config =
        new AgentConfig(
            endpoint,
            options.get("--region", ""),
            endpoint.startsWith("https:") ? authorities() : null,
            options.get("--state", ""),
            false,
            0,
            0,
            List.of());
    config.address();
    return config;
  }

  private @Nullable String authorities() {
    String named = options.get("--ca");
    Path bundle = HostTrust.bundle(named == null ? System.getenv("SSL_CERT_FILE") : named);
    return bundle == null ? null : bundle.toString();
  }
}
