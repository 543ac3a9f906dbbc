package dev.fleetmend.server.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an access key is for. Each role may do what those before it may, and more. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Operates: runs commands, schedules, tags, releases from quarantine. */
  OPERATOR,
  /** Decides: baselines, documents, activations, settings, and who has a key. */
  ADMIN;

  /** Whether this role may do what is there for another. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** As requests, tables and the command line write it, such as {@code operator}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a text, or nothing where there is none of that name. */
  public static Optional<Role> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
