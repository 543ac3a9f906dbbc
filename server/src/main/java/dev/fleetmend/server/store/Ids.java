package dev.fleetmend.server.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;

/** New identifiers, in SSM's shapes and not to be guessed. */
public final class Ids {
  private static final int HEX_DIGITS = 17;
  private final SecureRandom random = new SecureRandom();

  /** {@code pb-} and 17 lower-case hex digits. */
  public String patchBaseline() {
    return prefixed("pb-");
  }

  /** {@code mi-} and 17 lower-case hex digits. */
  public String managedNode() {
    return prefixed("mi-");
  }

  /** {@code mw-} and 17 lower-case hex digits. */
  public String maintenanceWindow() {
    return prefixed("mw-");
  }

  /** A random UUID (version 4) as text. */
  public String uuid() {
    return UUID.randomUUID().toString();
  }

  private String prefixed(String prefix) {
    byte[] bytes = new byte[(HEX_DIGITS + 1) / 2];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes).substring(0, HEX_DIGITS);
  }
}
