package dev.fleetmend.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Paging by key: a token holds the key of the last item shown, so that items which come or go
 * between two pages are neither shown twice nor make others disappear.
 */
public final class Pages {
  private static final String MARK = "1:";

  private Pages() {}

  /**
   * The page after a token.
   *
   * @param sorted all items, ascending by {@code key} in the order of {@link String#compareTo}
   * @param maxResults the most items on the page, or null for {@code defaultMax}
   * @throws ApiException InvalidNextToken when the token is none that we made
   */
  public static <T> Page<T> slice(
      List<T> sorted,
      Function<T, String> key,
      @Nullable String nextToken,
      @Nullable Integer maxResults,
      int defaultMax) {
    String after = after(nextToken);
    int max = maxResults == null ? defaultMax : maxResults;
    List<T> items = new ArrayList<>();
    for (T item : sorted) {
      if (after != null && key.apply(item).compareTo(after) <= 0) {
        continue;
      }
      if (items.size() == max) {
        return new Page<>(items, token(key.apply(items.getLast())));
      }
      items.add(item);
    }
    return new Page<>(items, null);
  }

  /** The token for the page after an item; for lists that the database pages itself. */
  public static String token(String lastKey) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + lastKey).getBytes(UTF_8));
  }

  /**
   * The key that a token holds, or null where there is no token.
   *
   * @throws ApiException InvalidNextToken when the token is none that we made
   */
  public static @Nullable String after(@Nullable String nextToken) {
    if (nextToken == null || nextToken.isEmpty()) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(nextToken), UTF_8);
      if (text.startsWith(MARK) && text.indexOf('\0') < 0) {
        return text.substring(MARK.length());
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  /** What a token that we never made is answered with. */
  public static ApiException invalid() {
    return new ApiException("InvalidNextToken", "The specified token is not valid.");
  }
}
