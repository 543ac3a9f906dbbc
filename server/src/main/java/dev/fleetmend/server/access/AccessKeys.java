package dev.fleetmend.server.access;

import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The access keys of people and their tools; secrets are stored sealed with the master key. A key
 * is looked up for every request, so that a revoked one is refused by every replica at once.
 */
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

  /** Makes and stores a new administrator's key, in a transaction of its own. */
  public AccessKey createAdministrator() {
    return store.write(tx -> create(tx, Role.ADMIN, "", ""));
  }

  /**
   * Makes and stores a new key.
   *
   * @param name what its owner calls it, up to 64 characters; may be empty
   * @param createdBy the access key that asked, or empty
   */
  public AccessKey create(Handle tx, Role role, String name, String createdBy) {
    AccessKey key = new AccessKey("FMKEY" + text(ID_ALPHABET, 15), text(SECRET_ALPHABET, 40), role);
    tx.createUpdate(
            "INSERT INTO access_key (id, sealed_secret, role, name, created_at, created_by)"
                + " VALUES (:id, :secret, :role, :name, :now, :by)")
        .bind("id", key.id())
        .bind("secret", masterKey.seal(PURPOSE, key.secret()))
        .bind("role", role.text())
        .bind("name", name)
        .bind("now", clock.millis())
        .bind("by", createdBy)
        .execute();
    return key;
  }

  /** The key of an id, or nothing where there is none or it was revoked. */
  public Optional<AccessKey> find(String id) {
    return store.<Optional<AccessKey>, RuntimeException>read(
        db ->
            db.createQuery(
                    "SELECT sealed_secret, role FROM access_key"
                        + " WHERE id = :id AND revoked_at IS NULL")
                .bind("id", id)
                .map((row, context) -> opened(id, row.getBytes(1), row.getString(2)))
                .findOne()
                .flatMap(key -> key));
  }

  private Optional<AccessKey> opened(String id, byte[] sealed, String role) {
    return masterKey
        .open(PURPOSE, sealed)
        .flatMap(secret -> Role.of(role).map(known -> new AccessKey(id, secret, known)));
  }

  private String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
