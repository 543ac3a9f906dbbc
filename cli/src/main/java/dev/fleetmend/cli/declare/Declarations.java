package dev.fleetmend.cli.declare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads declarative files: one declaration or a list of them, in YAML or JSON. */
public final class Declarations {
  private static final List<String> BASELINE_ONLY =
      BaselineReader.KEYS.stream().filter(key -> !ScheduleReader.KEYS.contains(key)).toList();

  private static final List<String> KEYS =
      Stream.concat(BASELINE_ONLY.stream(), ScheduleReader.KEYS.stream()).toList();

  private Declarations() {}

  /**
   * What a file asks for, in its order.
   *
   * @param file its name, for refusals
   * @throws dev.fleetmend.cli.Problem when anything in it is not known, with file and line
   */
  public static List<Declaration> read(String file, String text) {
    Source source = new Source(file);
    List<Declaration> declarations = new ArrayList<>();
    for (Value document : DeclarativeFile.read(source, text)) {
      List<Value> items = document instanceof Value.Items list ? list.values() : List.of(document);
      for (Value item : items) {
        declarations.add(declaration(source, item));
      }
    }
    if (declarations.isEmpty()) {
      throw source.refuse(1, "the file says nothing");
    }
    return declarations;
  }

  private static Declaration declaration(Source source, Value value) {
    if (!(value instanceof Value.Members members)) {
      throw source.refuse(value.line(), "expected a baseline, a schedule or actions");
    }
    return members.members().stream().anyMatch(member -> belongsToBaseline(member.key()))
        ? BaselineReader.read(source, value)
        : ScheduleReader.read(source, value);
  }

  /** A misspelled key counts as the one it is nearest to, so that the refusal names that one. */
  private static boolean belongsToBaseline(String key) {
    return Spelling.match(key, KEYS)
        .or(() -> Spelling.nearest(key, KEYS))
        .filter(BASELINE_ONLY::contains)
        .isPresent();
  }
}
