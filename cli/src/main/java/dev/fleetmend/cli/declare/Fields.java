package dev.fleetmend.cli.declare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of one group of keys, found without regard to case and punctuation. */
final class Fields {
  private final Source source;
  private final int line;
  private final Map<String, Value.Member> byName = new LinkedHashMap<>();

  /**
   * Refuses a key that is not among those known, and one that stands twice.
   *
   * @param known the right spellings
   */
  Fields(Source source, Value value, String what, Collection<String> known) {
    this.source = source;
    this.line = value.line();
    if (!(value instanceof Value.Members members)) {
      throw source.refuse(value.line(), what + " must be a group of keys, not " + value.kind());
    }
    for (Value.Member member : members.members()) {
      String name =
          Spelling.match(member.key(), known)
              .orElseThrow(() -> source.refuseWord(member.line(), "key", member.key(), known));
      if (byName.putIfAbsent(name, member) != null) {
        throw source.refuse(member.line(), "key '" + member.key() + "' stands twice");
      }
    }
  }

  int line() {
    return line;
  }

  int line(String name) {
    Value.Member member = byName.get(name);
    return member == null ? line : member.line();
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  @Nullable Value value(String name) {
    Value.Member member = byName.get(name);
    return member == null ? null : member.value();
  }

  /** The members of a list; a single group of keys counts as a list of one. */
  List<Value> items(String name) {
    return switch (value(name)) {
      case null -> List.of();
      case Value.Items items -> items.values();
      case Value.Members members -> List.of(members);
      case Value.Scalar scalar ->
          throw source.refuse(scalar.line(), "'" + name + "' must be a list");
    };
  }

  Optional<String> text(String name) {
    Value value = value(name);
    return value == null ? Optional.empty() : Optional.of(scalar(name, value));
  }

  String require(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> source.refuse(line(name), "'" + name + "' is missing"));
  }

  /** A list of single values; one that stands alone counts as a list of one. */
  List<String> texts(String name) {
    Value value = value(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Value item : value instanceof Value.Items items ? items.values() : List.of(value)) {
      texts.add(scalar(name, item));
    }
    return texts;
  }

  Optional<Boolean> flag(String name) {
    return oneOf(name, List.of("true", "false", "yes", "no"))
        .map(word -> word.equals("true") || word.equals("yes"));
  }

  Optional<Integer> number(String name, int least, int most) {
    return text(name)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text.strip());
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // refused below, as a number out of range is
              }
              throw source.refuse(
                  line(name),
                  "'%s' must be a number from %d to %d, not '%s'"
                      .formatted(name, least, most, text));
            });
  }

  /** The right spelling of a word out of a closed list. */
  Optional<String> oneOf(String name, Collection<String> words) {
    return text(name)
        .map(
            text ->
                Spelling.match(text, words)
                    .orElseThrow(() -> source.refuseWord(line(name), name, text, words)));
  }

  private String scalar(String name, Value value) {
    if (value instanceof Value.Scalar scalar) {
      return scalar.text();
    }
    throw source.refuse(value.line(), "'" + name + "' must be a single value, not " + value.kind());
  }
}
