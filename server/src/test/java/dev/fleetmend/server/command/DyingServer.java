package dev.fleetmend.server.command;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.document.DocumentCapability;
import dev.fleetmend.server.node.Nodes;
import dev.fleetmend.server.tag.TagDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Sends a command on an existing database and kills its own JVM at a given point. */
final class DyingServer {
  static final int KILLED = 137;

  /** Where it dies. */
  enum Point {
    /** The command's row is inserted; nothing is scheduled, nothing committed. */
    AFTER_INSERT,
    /** Everything is committed; nobody has been told. */
    AFTER_COMMIT
  }

  private DyingServer() {}

  public static void main(String[] args) {
    TestServer server = TestServer.on(args[1], Path.of(args[0]));
    Core core = server.core();
    TagDirectory tags = new TagDirectory(core.store(), 50);
    Commands commands =
        new CommandCapability(
                core,
                new Nodes(core.store(), core.clock(), core.ids(), tags),
                new DocumentCapability(core, tags),
                Thread::startVirtualThread)
            .commands();
    Point point = Point.valueOf(args[3]);
    SendCommandRequest request =
        SendCommandRequest.builder()
            .documentName("AWS-RunShellScript")
            .parameters(Map.of("commands", List.of("uptime")))
            .instanceIds(args[2])
            .build();
    core.store()
        .change(
            tx -> {
              if (point == Point.AFTER_INSERT) {
                tx.setSqlLogger(new DieAfterInsert());
              } else {
                tx.afterCommit(DyingServer::die);
              }
              commands.send(tx, request, null);
            });
  }

  private static void die() {
    Runtime.getRuntime().halt(KILLED);
  }

  private static final class DieAfterInsert implements SqlLogger {
    @Override
    public void logAfterExecution(StatementContext context) {
      if (context.getRawSql().startsWith("INSERT INTO command ")) {
        die();
      }
    }
  }
}
