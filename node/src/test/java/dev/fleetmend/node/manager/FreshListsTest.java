package dev.fleetmend.node.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.PackageLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshListsTest {
  private static final long NOON = 1_800_000_000;
  private static final long MINUTE = 60;

  /** Lists that stand where a test puts them. */
  private static final class Lists implements FreshLists.Source {
    private boolean complete = true;
    private long fetchedAt;
    private @Nullable String failure;
    private int fetches;

    @Override
    public boolean areComplete() {
      return complete;
    }

    @Override
    public long fetchedAt() {
      return fetchedAt;
    }

    @Override
    public @Nullable String fetch() {
      fetches++;
      return failure;
    }
  }

  private final Lists lists = new Lists();
  private Path stamp;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    stamp = folder.resolve("lists-refreshed");
  }

  @Test
  void fetchesOnceAnHour() throws IOException {
    assertThat(at(NOON)).isEqualTo(new PackageLists(NOON, null));
    assertThat(at(NOON + 59 * MINUTE)).isEqualTo(new PackageLists(NOON, null));
    assertThat(lists.fetches).isEqualTo(1);

    assertThat(at(NOON + 60 * MINUTE).refreshedAt()).isEqualTo(NOON + 60 * MINUTE);
    assertThat(lists.fetches).isEqualTo(2);
  }

  @Test
  void whatOthersFetchedCounts() throws IOException {
    lists.fetchedAt = NOON - 10 * MINUTE;

    assertThat(at(NOON)).isEqualTo(new PackageLists(NOON - 10 * MINUTE, null));
    assertThat(lists.fetches).isZero();
  }

  @Test
  void aClockThatWasPutBackFetches() throws IOException {
    at(NOON);

    at(NOON - 10 * MINUTE);

    assertThat(lists.fetches).isEqualTo(2);
  }

  @Test
  void aFailureIsToldAndTriedAgainAfterARestartTooThoughOtherListsBecameNew() throws IOException {
    at(NOON);
    lists.failure = "updates: 404\nbase: damaged";
    at(NOON + 90 * MINUTE);
    lists.fetchedAt = NOON + 90 * MINUTE;

    PackageLists next = at(NOON + 91 * MINUTE);

    assertThat(next.failure()).isEqualTo("updates: 404\nbase: damaged");
    assertThat(lists.fetches).isEqualTo(3);

    lists.failure = null;
    assertThat(at(NOON + 92 * MINUTE)).isEqualTo(new PackageLists(NOON + 92 * MINUTE, null));
    at(NOON + 93 * MINUTE);
    assertThat(lists.fetches).isEqualTo(4);
  }

  @Test
  void anArchiveWithoutListsIsFetchedAtOnceAndUntilThenTheListsAreNone() throws IOException {
    at(NOON);
    lists.complete = false;
    lists.failure = "new: 404";

    assertThat(at(NOON + MINUTE)).isEqualTo(new PackageLists(0, "new: 404"));
  }

  @Test
  void aDiskThatTakesNothingStopsNoScan() throws IOException {
    Files.createDirectories(stamp.resolve("in the way"));
    FreshLists fresh = fresh(NOON);

    assertThat(fresh.refresh()).isEqualTo(new PackageLists(NOON, null));
    assertThat(fresh.refresh()).isEqualTo(new PackageLists(NOON, null));
    assertThat(lists.fetches).isEqualTo(1);
  }

  /** As a process that has just started. */
  private PackageLists at(long second) throws IOException {
    return fresh(second).refresh();
  }

  private FreshLists fresh(long second) {
    return new FreshLists(lists, stamp, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
  }
}
