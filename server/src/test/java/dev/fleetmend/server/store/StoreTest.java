package dev.fleetmend.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aDatabaseOfAnEarlierReleaseGetsWhatItLacksWhateverTheNumbers(Databases engine) {
    String url = engine.fresh(folder);
    try (Store store = Store.open(url)) {
      store.change(
          tx -> {
            tx.execute("DROP TABLE patch_snapshot_url");
            tx.execute("DELETE FROM flyway_schema_history WHERE version = '051'");
          });
    }

    try (Store store = Store.open(url)) {
      assertThat(
              store.<Integer, RuntimeException>read(
                  db ->
                      db.createQuery("SELECT COUNT(*) FROM patch_snapshot_url")
                          .mapTo(Integer.class)
                          .one()))
          .isZero();
    }
  }
}
