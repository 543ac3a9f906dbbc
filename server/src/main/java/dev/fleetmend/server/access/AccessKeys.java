package dev.fleetmend.server.access;

import dev.fleetmend.server.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The access keys of people and their tools; secrets are stored sealed with the master key. */
public final class AccessKeys {
  /** Letters and digits that are not mistaken for each other. */
  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String PURPOSE = "access-key";

  private final Store store;
  private final MasterKey masterKey;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public AccessKeys(Store store, MasterKey masterKey, Clock clock) {
    this.store = store;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /** Makes and stores a new administrator's key. */
  public AccessKey createAdministrator() {
    AccessKey key = new AccessKey("FMKEY" + text(ID_ALPHABET, 15), text(SECRET_ALPHABET, 40));
    store.change(
        tx ->
            tx.createUpdate(
                    "INSERT INTO access_key (id, sealed_secret, role, created_at)"
                        + " VALUES (:id, :secret, 'admin', :now)")
                .bind("id", key.id())
                .bind("secret", masterKey.seal(PURPOSE, key.secret()))
                .bind("now", clock.millis())
                .execute());
    return key;
  }

  /** The key of an id, or nothing where there is none or it was revoked. */
  public Optional<AccessKey> find(String id) {
    return store
        .read(
            db ->
                db.createQuery(
                        "SELECT sealed_secret FROM access_key"
                            + " WHERE id = :id AND revoked_at IS NULL")
                    .bind("id", id)
                    .mapTo(byte[].class)
                    .findOne())
        .flatMap(stored -> masterKey.open(PURPOSE, stored))
        .map(secret -> new AccessKey(id, secret));
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
