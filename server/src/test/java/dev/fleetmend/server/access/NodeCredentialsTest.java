package dev.fleetmend.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCredentialsTest {
  private static final String NODE = "mi-0123456789abcdef0";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T10:00:00Z"));

  private NodeCredentials credentials(Path data) {
    return new NodeCredentials(MasterKey.of(data), clock);
  }

  @Test
  void anotherStartOfTheServerKnowsWhatWasIssued() {
    NodeCredentials.Issued issued = credentials(folder).issue(NODE, Duration.ofHours(1));

    NodeCredentials.Proven proven =
        credentials(folder).prove(issued.accessKeyId(), issued.sessionToken()).orElseThrow();

    assertThat(proven.instanceId()).isEqualTo(NODE);
    assertThat(proven.secret()).isEqualTo(issued.secret());
    assertThat(proven.expired()).isFalse();
  }

  @Test
  void credentialsExpire() {
    NodeCredentials.Issued issued = credentials(folder).issue(NODE, Duration.ofHours(1));
    clock.advance(Duration.ofHours(1));

    assertThat(credentials(folder).prove(issued.accessKeyId(), issued.sessionToken()))
        .hasValueSatisfying(proven -> assertThat(proven.expired()).isTrue());
  }

  @Test
  void aTokenOfAnotherKeyOrServerProvesNothing() throws Exception {
    NodeCredentials.Issued issued = credentials(folder).issue(NODE, Duration.ofHours(1));
    NodeCredentials.Issued other = credentials(folder).issue(NODE, Duration.ofHours(1));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

    assertThat(credentials(folder).prove(issued.accessKeyId(), other.sessionToken())).isEmpty();
    assertThat(credentials(elsewhere).prove(issued.accessKeyId(), issued.sessionToken())).isEmpty();
    assertThat(credentials(folder).prove(issued.accessKeyId(), "no base64!")).isEmpty();
    assertThat(credentials(folder).prove(issued.accessKeyId(), "AAAA")).isEmpty();
  }

  @Test
  void theMasterKeyIsItsOwnersAlone() throws Exception {
    credentials(folder);

    assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void secretsAreNotInTexts() {
    NodeCredentials.Issued issued = credentials(folder).issue(NODE, Duration.ofHours(1));

    assertThat(issued.toString()).doesNotContain(issued.secret(), issued.sessionToken());
  }
}
