package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Paging by time and id, newest first. */
final class NewestFirst {
  private NewestFirst() {}

  static String token(Instant time, String id) {
    return Pages.token(time.toEpochMilli() + "/" + id);
  }

  /**
   * Goes on after the last one of a page.
   *
   * @param key what its token holds, or null for the first page
   */
  static void resume(
      CommandFilters filters, @Nullable String key, String timeColumn, String idColumn) {
    if (key == null) {
      return;
    }
    int slash = key.indexOf('/');
    try {
      long time = Long.parseLong(key.substring(0, Math.max(0, slash)));
      filters
          .and("(" + timeColumn + ", " + idColumn + ") < (:lastTime, :lastId)", "lastTime", time)
          .value("lastId", key.substring(slash + 1));
    } catch (NumberFormatException e) {
      throw new ApiException("InvalidNextToken", "The specified token is not valid.");
    }
  }
}
