package dev.fleetmend.server.worker;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.CommandsUnderWay;
import dev.fleetmend.server.command.CommandsUnderWay.Sent;
import dev.fleetmend.server.http.PostRoute;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.worker.WorkerTokens.Owner;
import dev.fleetmend.server.worker.WorkerTokens.Use;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * {@code POST /worker/plan} and {@code POST /worker/facts}: open to the token of a patch command
 * that is under way on its node, each once.
 */
final class WorkerPosts {
  /** A host lists some hundred updates of some kilobytes. */
  private static final int LIMIT = 8 << 20;

  private final Core core;
  private final CommandsUnderWay commands;
  private final NodeDirectory nodes;
  private final WorkerTokens tokens;
  private final WorkerRuns runs;
  private final ScanReader windows = new WindowsScanReader();
  private final ScanReader mac = new MacScanReader();

  WorkerPosts(
      Core core,
      CommandsUnderWay commands,
      NodeDirectory nodes,
      WorkerTokens tokens,
      WorkerRuns runs) {
    this.core = core;
    this.commands = commands;
    this.nodes = nodes;
    this.tokens = tokens;
    this.runs = runs;
  }

  void offer() {
    core.routes().onPost("/worker/plan", token -> admit(token, Use.PLAN));
    core.routes().onPost("/worker/facts", token -> admit(token, Use.FACTS));
  }

  private PostRoute.Admitted admit(String token, Use use) {
    Open open = core.store().read(db -> find(db, token, use)).orElseThrow(WorkerPosts::refused);
    return new PostRoute.Admitted() {
      @Override
      public int limit() {
        return LIMIT;
      }

      @Override
      public byte[] take(byte[] body) {
        return WorkerPosts.this.take(open, use, body);
      }
    };
  }

  /** What a token opens. */
  private record Open(Owner owner, Sent command, ScanReader reader) {}

  private Optional<Open> find(Handle db, String token, Use use) {
    return tokens
        .find(db, token, use)
        .flatMap(
            owner ->
                commands
                    .find(db, owner.commandId(), owner.instanceId())
                    .map(command -> new Open(owner, command, reader(db, owner))));
  }

  private ScanReader reader(Handle db, Owner owner) {
    Optional<String> platform = nodes.find(db, owner.instanceId()).map(ManagedNode::platformType);
    return platform.equals(Optional.of("MacOS")) ? mac : windows;
  }

  private byte[] take(Open open, Use use, byte[] body) {
    WorkerScan scan = read(open, body);
    runs.check(scan);
    if (!core.store().write(tx -> tokens.use(tx, open.owner(), use))) {
      throw refused();
    }
    return switch (use) {
      case PLAN -> open.reader().write(runs.plan(open.owner(), open.command(), scan), scan);
      case FACTS -> runs.end(open.owner(), open.command(), scan);
    };
  }

  private WorkerScan read(Open open, byte[] body) {
    try {
      return open.reader().read(body, core.clock().instant());
    } catch (MalformedJsonException e) {
      throw new ApiException(
          "ValidationException", "The facts cannot be read: " + e.getMessage() + ".");
    }
  }

  private static ApiException refused() {
    return ApiException.of(
        "AccessDeniedException",
        403,
        "The token is not known, has been used, has expired, or its command has ended.");
  }
}
