package dev.fleetmend.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.identity.Enrolment;
import dev.fleetmend.node.identity.IdentityFolder;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.protocol.message.Empty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node changes its key, and what it does when one of both sides dies in between. */
class KeyChangeTest {
  private static final String CHANGE = "UpdateManagedInstancePublicKey";

  @TempDir Path folder;
  private final AgentLog log = new AgentLog(System.out, Clock.systemUTC());
  private FakeServer server;
  private AgentConfig config;

  @BeforeEach
  void enrol() throws Exception {
    server = new FakeServer();
    config =
        new AgentConfig(
            server.address().toString(),
            FakeServer.REGION,
            null,
            folder.resolve("state").toString(),
            true,
            1,
            300,
            List.of("false"));
    DurableFile.makeFolder(config.state());
    PreparedKey.putInto(config.state());
    register();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNodeThatIsToldToChangesItsKeyAndGoesOn() throws Exception {
    byte[] old = key("key");
    server.updateKeyPair = true;

    beatAfterAStart();

    assertThat(server.calls(CHANGE)).hasSize(1);
    assertThat(key("key")).isNotEqualTo(old);
    assertThat(key("key.previous")).isEqualTo(old);
    assertThat(file("key.next")).doesNotExist();
    assertThat(Files.getPosixFilePermissions(file("key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    beatAfterAStart();
    assertThat(server.calls(CHANGE)).hasSize(1);
  }

  @Test
  void whereTheAnswerGetsLostTheSameKeyIsAnnouncedAgain() throws Exception {
    byte[] old = key("key");
    server.updateKeyPair = true;
    server.lost.add(CHANGE);

    beatAfterAStart();
    assertThat(key("key")).as("in use until the server has said yes").isEqualTo(old);
    byte[] next = key("key.next");

    server.lost.clear();
    beatAfterAStart();
    assertThat(key("key")).isEqualTo(next);
    assertThat(server.calls(CHANGE))
        .extracting(FakeServer.Seen::text)
        .hasSize(2)
        .containsOnly(server.calls(CHANGE).getFirst().text());
  }

  @Test
  void aCrashAfterTheServerUsedTheNewKeyLosesNothing() throws Exception {
    byte[] old = key("key");
    server.updateKeyPair = true;
    beatAfterAStart();
    byte[] next = key("key");
    Files.write(file("key.next"), next);
    Files.write(file("key"), old);
    Files.delete(file("key.previous"));

    beatAfterAStart();

    assertThat(key("key")).isEqualTo(next);
    assertThat(file("key.next")).doesNotExist();

    // As where the crash came between the two: the key in use is never announced as the next.
    Files.write(file("key.next"), next);
    server.updateKeyPair = true;
    beatAfterAStart();
    assertThat(key("key")).isNotEqualTo(next);
  }

  @Test
  void aServerThatCameBackFromABackupIsGivenTheKeyThatItKnew() throws Exception {
    byte[] old = key("key");
    var before = Objects.requireNonNull(server.nodeKey);
    server.updateKeyPair = true;
    beatAfterAStart();
    server.nodeKey = before;

    beatAfterAStart();

    assertThat(key("key")).isEqualTo(old);
  }

  @Test
  void anEnrolmentAgainThatFailsLeavesTheNodeWhoItIs() throws Exception {
    byte[] old = key("key");
    server.down.add("RegisterManagedInstance");
    assertThatThrownBy(this::register).isInstanceOf(IOException.class);
    assertThat(key("key")).isEqualTo(old);
    beatAfterAStart();

    server.down.clear();
    register();
    assertThat(key("key")).isNotEqualTo(old);
    beatAfterAStart();
  }

  private void register() throws IOException, RefusedException {
    new Enrolment(
            new IdentityFolder(config.state()),
            NodeSession.unsigned(config, Clock.systemUTC(), log))
        .enrol("an-activation", "a-code", FakeServer.REGION);
  }

  /** A heartbeat of an agent that was just started and has no credentials. */
  private void beatAfterAStart() throws IOException, RefusedException {
    Files.deleteIfExists(config.state().resolve("identity/credentials.json"));
    NodeSession.open(config, Clock.systemUTC(), log)
        .server()
        .call(Call.of(Target.SSM, "UpdateInstanceInformation"), new Empty(), Empty.class);
  }

  private byte[] key(String name) throws IOException {
    return Files.readAllBytes(file(name));
  }

  private Path file(String name) {
    return config.state().resolve("identity").resolve(name + ".pk8");
  }
}
