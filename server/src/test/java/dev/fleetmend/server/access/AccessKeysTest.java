package dev.fleetmend.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessKeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aKeyIsFoundWithItsSecretWhichIsNotStoredInTheClear(Databases engine) {
    try (Store store = Store.open(engine.fresh(folder))) {
      AccessKeys keys = new AccessKeys(store, MasterKey.of(folder), Clock.systemUTC());
      AccessKey created = keys.createAdministrator();

      assertThat(keys.find(created.id())).contains(created);
      assertThat(keys.find("FMKEYAAAAAAAAAAAAAAA")).isEmpty();
      byte[] stored =
          store.read(
              db ->
                  db.createQuery("SELECT sealed_secret FROM access_key").mapTo(byte[].class).one());
      assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain(created.secret());
    }
  }
}
