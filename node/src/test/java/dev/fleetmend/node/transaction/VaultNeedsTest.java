package dev.fleetmend.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.journal.Phase;
import dev.fleetmend.node.journal.Transaction;
import dev.fleetmend.patching.exchange.PatchResult;
import dev.fleetmend.patching.exchange.PatchResult.Outcome;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultNeedsTest {
  @TempDir Path folder;
  private long now;

  @Test
  void whatTheNewestInstallationWouldBeUndoneWithIsNeeded() throws IOException {
    end(begin(Order.INSTALL, "", "1.0", "1.1"), Outcome.DONE);
    end(begin(Order.INSTALL, "", "1.1", "1.2"), Outcome.DONE);

    assertThat(needs()).containsExactly(version("1.1"));
  }

  @Test
  void onceThatIsUndoneTheOneBeforeIs() throws IOException {
    end(begin(Order.INSTALL, "", "1.0", "1.1"), Outcome.DONE);
    Transaction newest = begin(Order.INSTALL, "", "1.1", "1.2");
    end(newest, Outcome.DONE);
    end(begin(Order.ROLLBACK, newest.id(), "1.2", "1.1"), Outcome.DONE);

    assertThat(needs()).containsExactly(version("1.0"));
  }

  @Test
  void whatDidNotGoInIsNotUndone() throws IOException {
    end(begin(Order.INSTALL, "", "1.0", "1.1"), Outcome.FAILED);

    assertThat(needs()).isEmpty();
  }

  @Test
  void bothSidesOfATransactionThatIsNotOverAre() throws IOException {
    begin(Order.INSTALL, "", "1.0", "1.1");

    assertThat(needs()).containsExactlyInAnyOrder(version("1.0"), version("1.1"));
  }

  private Iterable<PackageVersion> needs() throws IOException {
    return VaultNeeds.of(journal());
  }

  private Journal journal() throws IOException {
    return new Journal(folder, Clock.fixed(Instant.ofEpochMilli(++now), ZoneOffset.UTC));
  }

  private Transaction begin(String kind, String undoes, String from, String to) throws IOException {
    Order order =
        kind.equals(Order.INSTALL)
            ? Order.install("command", "", List.of(), List.of())
            : Order.rollback("command", undoes, List.of());
    Transaction begun = journal().begin(order, "boot");
    Change change = new Change("lab-a", "all", from, to, true, "", "");
    begun.append(
        begun
            .entry(Phase.VAULTED, "boot", "")
            .with(List.of(change), List.of(), List.of(), List.of()));
    return begun;
  }

  private static void end(Transaction transaction, Outcome outcome) throws IOException {
    Change change = transaction.before().orElseThrow().changes().getFirst();
    PatchResult result =
        new PatchResult("lab-a", "all", change.from(), change.to(), outcome, "", true, "");
    transaction.append(
        transaction.entry(Phase.DONE, "boot", "").with(List.of(result), List.of(), List.of()));
  }

  private static PackageVersion version(String version) {
    return new PackageVersion("lab-a", "all", version);
  }
}
