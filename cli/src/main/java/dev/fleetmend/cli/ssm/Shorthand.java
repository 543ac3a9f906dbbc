package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The aws CLI's shorthand: {@code Key=a,Values=b,c}, with {@code [..]} for lists, <code>{..}</code>
 * for structures, quotes and backslashes. Everything in it is text until its type is known.
 */
final class Shorthand {
  private final String text;
  private int at;

  private Shorthand(String text) {
    this.text = text;
  }

  /** Whether a word can be shorthand at all. */
  static boolean looksLike(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && word.substring(0, equals).chars().allMatch(Shorthand::isKey);
  }

  static ObjectNode parse(String word) {
    Shorthand shorthand = new Shorthand(word);
    ObjectNode node = shorthand.members();
    if (shorthand.at < word.length()) {
      throw shorthand.wrong("a comma");
    }
    return node;
  }

  private ObjectNode members() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    do {
      String key = key();
      node.set(key, values());
    } while (take(','));
    return node;
  }

  private String key() {
    int start = at;
    while (at < text.length() && isKey(text.charAt(at))) {
      at++;
    }
    if (at == start || !take('=')) {
      throw wrong("Key=");
    }
    return text.substring(start, at - 1);
  }

  /** One value, or several divided by commas up to where the next key begins. */
  private JsonNode values() {
    JsonNode first = value();
    if (!first.isTextual()) {
      return first;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode().add(first);
    while (at < text.length() && text.charAt(at) == ',' && !keyFollows(at + 1)) {
      at++;
      if (at < text.length()) {
        list.add(value());
      }
    }
    return list.size() == 1 ? first : list;
  }

  private JsonNode value() {
    if (take('[')) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      while (!take(']')) {
        list.add(value());
        if (!take(',') && !(at < text.length() && text.charAt(at) == ']')) {
          throw wrong("a comma or ]");
        }
      }
      return list;
    }
    if (take('{')) {
      ObjectNode node = members();
      if (!take('}')) {
        throw wrong("}");
      }
      return node;
    }
    return JsonNodeFactory.instance.textNode(
        at < text.length() && isQuote(text.charAt(at)) ? quoted(text.charAt(at)) : word());
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      if (text.charAt(at) == '\\'
          && at + 1 < text.length()
          && (text.charAt(at + 1) == quote || text.charAt(at + 1) == '\\')) {
        at++;
      }
      value.append(text.charAt(at));
    }
    if (!take(quote)) {
      throw wrong("a closing " + quote);
    }
    return value.toString();
  }

  private String word() {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    return value.toString();
  }

  private boolean keyFollows(int from) {
    int end = from;
    while (end < text.length() && isKey(text.charAt(end))) {
      end++;
    }
    return end > from && end < text.length() && text.charAt(end) == '=';
  }

  private boolean take(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at character " + (at + 1) + " of '" + text + "'");
  }

  private static boolean isKey(int character) {
    return Character.isLetterOrDigit(character) || "-_.:/#".indexOf(character) >= 0;
  }

  private static boolean isQuote(char character) {
    return character == '"' || character == '\'';
  }
}
