package dev.fleetmend.server.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is given away to GET without credentials, and what is taken by POST with a token of its own,
 * by path. Filled once at start-up.
 */
public final class Routes {
  private final Map<String, Route> byPrefix = new TreeMap<>();
  private final Map<String, PostRoute> posts = new TreeMap<>();

  /** Takes posts to a path. */
  public void onPost(String path, PostRoute route) {
    if (posts.putIfAbsent(path, route) != null) {
      throw new IllegalStateException(path + " is taken twice");
    }
  }

  Optional<PostRoute> post(String path) {
    return Optional.ofNullable(posts.get(path));
  }

  /** What stands under one path. */
  @FunctionalInterface
  public interface Route {
    /**
     * The download of a path, or nothing where there is none.
     *
     * @throws NotHereException where there is none, and a word to say about it
     * @param rest of the path after the prefix, decoded; a stranger's text
     */
    Optional<Download> open(String rest) throws IOException;
  }

  /** Serves all paths that begin with a prefix, such as {@code /agent/}. */
  public void on(String prefix, Route route) {
    if (byPrefix.putIfAbsent(prefix, route) != null) {
      throw new IllegalStateException(prefix + " is served twice");
    }
  }

  Optional<Download> open(String path) throws IOException {
    for (Map.Entry<String, Route> entry : byPrefix.entrySet()) {
      if (path.startsWith(entry.getKey())) {
        return entry.getValue().open(path.substring(entry.getKey().length()));
      }
    }
    return Optional.empty();
  }
}
