package dev.fleetmend.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.command.DyingServer.Point;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server in a process of its own that is killed at an exact point of SendCommand. */
@Tag("slow")
class KilledServerTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void killedBetweenInsertAndSchedulingNeitherIsThere(Databases engine) throws Exception {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandNode node = CommandNode.online(server, "web01");
      int scheduledBefore = count(server, "scheduled_tasks");

      sendAndDie(server, node, Point.AFTER_INSERT);

      assertThat(count(server, "command")).isZero();
      assertThat(count(server, "command_invocation")).isZero();
      assertThat(count(server, "message")).isZero();
      assertThat(count(server, "scheduled_tasks")).isEqualTo(scheduledBefore);
      CommandFixture run = new CommandFixture(server);
      String id = run.send(node);
      node.finish(id, "Success", 0);
      assertThat(run.status(id)).isEqualTo("Success/Success");
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedRightAfterTheCommitBothAreThere(Databases engine) throws Exception {
    try (TestServer server = TestServer.start(engine, folder)) {
      CommandNode node = CommandNode.online(server, "web01");

      sendAndDie(server, node, Point.AFTER_COMMIT);

      CommandFixture run = new CommandFixture(server);
      String id =
          server
              .core()
              .store()
              .read(db -> db.createQuery("SELECT id FROM command").mapTo(String.class).one());
      assertThat(node.messages()).hasSize(1);
      server.clock().advance(Duration.ofMinutes(61));
      server.runDue();
      assertThat(run.status(id)).isEqualTo("TimedOut/DeliveryTimedOut");
    }
  }

  private static void sendAndDie(TestServer server, CommandNode node, Point point)
      throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    DyingServer.class.getName(),
                    server.core().config().data().toString(),
                    server.core().config().jdbcUrl(),
                    node.id(),
                    point.name()))
            .redirectErrorStream(true)
            .redirectOutput(new File(server.core().config().data().toFile(), "dying.log"))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(DyingServer.KILLED);
  }

  private static int count(TestServer server, String table) {
    return server
        .core()
        .store()
        .read(db -> db.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one());
  }
}
