package dev.fleetmend.server.window;

import java.util.Locale;

/** Keys that put what is paged in order of time. */
final class PageKeys {
  private PageKeys() {}

  static String ascending(long number, String id) {
    return String.format(Locale.ROOT, "%019d/%s", number, id);
  }

  static String descending(long number, String id) {
    return ascending(Long.MAX_VALUE - number, id);
  }
}
