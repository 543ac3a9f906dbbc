package dev.fleetmend.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Follows an answer's pages to their end. */
public final class Paging {
  private static final String TOKEN = "NextToken";

  private Paging() {}

  /**
   * The first page's answer with the lists of all pages, and without a token.
   *
   * @param operation of SSM, or a whole target such as {@code Fleetmend.ListQuarantine}
   */
  public static ObjectNode all(Api api, String operation, ObjectNode request) {
    ObjectNode first = call(api, operation, request);
    ObjectNode page = first;
    String previous = "";
    while (page.hasNonNull(TOKEN) && !page.get(TOKEN).asText().isEmpty()) {
      String token = page.get(TOKEN).asText();
      if (token.equals(previous)) {
        throw new Problem(
            ExitCode.FAILED, operation + " answers the same page again; the list is not whole");
      }
      previous = token;
      page = call(api, operation, request.deepCopy().put(TOKEN, token));
      merge(first, page);
    }
    first.remove(TOKEN);
    return first;
  }

  /** The members of one list of all pages. */
  public static List<JsonNode> list(Api api, String operation, ObjectNode request, String member) {
    List<JsonNode> items = new ArrayList<>();
    all(api, operation, request).path(member).forEach(items::add);
    return items;
  }

  private static ObjectNode call(Api api, String operation, ObjectNode request) {
    return operation.contains(".") ? api.call(operation, request) : api.ssm(operation, request);
  }

  static void merge(ObjectNode into, ObjectNode page) {
    for (Map.Entry<String, JsonNode> entry : page.properties()) {
      if (entry.getValue() instanceof ArrayNode more) {
        into.withArray(entry.getKey()).addAll(more);
      }
    }
  }
}
