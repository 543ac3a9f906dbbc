package dev.fleetmend.node.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    journal = new Journal(folder, Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private static Order order() {
    return Order.install(
        "command", "hash", List.of(new PackageVersion("openssl", "amd64", "3.0")), List.of());
  }

  @Test
  void findsWhatWasWritten() throws IOException {
    Transaction begun = journal.begin(order(), "boot");
    begun.append(
        begun
            .entry(Phase.DONE, "boot", "")
            .with(
                List.of(
                    new PatchResult(
                        "openssl", "amd64", null, "3.0", PatchResult.Outcome.DONE, "", true, "")),
                List.of(new ConfigurationFile("/etc/ssl/openssl.cnf", "00")),
                List.of()));

    Transaction found = journal.find(begun.id()).orElseThrow();

    assertThat(found.isDone()).isTrue();
    assertThat(found.order()).isEqualTo(order());
    assertThat(found.results()).extracting(PatchResult::fromVersion).containsExactly((String) null);
    assertThat(found.entries()).isEqualTo(begun.entries());
  }

  @Test
  void idsSortByTime() throws IOException {
    String first = journal.begin(order(), "boot").id();
    Clock later = Clock.fixed(NOON.plus(Duration.ofMillis(1)), ZoneOffset.UTC);
    String second = new Journal(folder, later).begin(order(), "boot").id();

    assertThat(journal.all()).extracting(Transaction::id).containsExactly(first, second);
  }

  @Test
  void aLastRecordTornAnywhereNeverWas() throws IOException {
    Transaction begun = journal.begin(order(), "boot");
    Path file = begun.folder().resolve("journal");
    long whole = Files.size(file);
    begun.append(begun.entry(Phase.FETCHED, "boot", "a note"));
    byte[] both = Files.readAllBytes(file);

    for (int length = (int) whole; length < both.length; length++) {
      Files.write(file, Arrays.copyOf(both, length));
      Transaction torn = journal.find(begun.id()).orElseThrow();
      assertThat(torn.phase()).as("torn at %d", length).isEqualTo(Phase.PLANNED);

      torn.append(torn.entry(Phase.VAULTED, "boot", ""));
      assertThat(journal.find(begun.id()).orElseThrow().entries())
          .extracting(Entry::phase)
          .containsExactly(Phase.PLANNED, Phase.VAULTED);
    }
  }

  @Test
  void aTransactionWhoseFirstRecordIsTornIsNone() throws IOException {
    Transaction begun = journal.begin(order(), "boot");
    Files.write(begun.folder().resolve("journal"), new byte[] {'a'});

    assertThat(journal.find(begun.id())).isEmpty();
    assertThat(journal.all()).isEmpty();
  }

  @Test
  void damageInTheMiddleIsNotPassedOver() throws IOException {
    Transaction begun = journal.begin(order(), "boot");
    begun.append(begun.entry(Phase.FETCHED, "boot", ""));
    Path file = begun.folder().resolve("journal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

    assertThatThrownBy(() -> journal.find(begun.id()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged journal");
  }

  @Test
  void looksNowhereElse() throws IOException {
    assertThat(journal.find("../../etc")).isEmpty();
  }
}
