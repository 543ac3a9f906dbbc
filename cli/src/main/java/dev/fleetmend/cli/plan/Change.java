package dev.fleetmend.cli.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What one declaration does to the server.
 *
 * @param what such as {@code patch baseline web (DEBIAN)}
 * @param details one line each: members that differ, nodes that are meant
 * @param work carries it out
 */
public record Change(Kind kind, String what, List<String> details, Work work) {
  public Change {
    details = List.copyOf(details);
  }

  /** What becomes of the thing. */
  public enum Kind {
    CREATE("+"),
    UPDATE("~"),
    UNCHANGED("="),
    RUN(">");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }
  }

  /** Carries a change out. */
  @FunctionalInterface
  public interface Work {
    /** Returns one line on what was done. */
    String run(Progress progress);
  }

  /** As a plan shows it. */
  public String describe(List<String> notes) {
    StringBuilder text = new StringBuilder(kind.mark).append(' ').append(what).append('\n');
    List<String> lines = new ArrayList<>(notes.stream().map(note -> "(" + note + ")").toList());
    lines.addAll(details);
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    return text.toString();
  }

  static Change unchanged(String what) {
    return new Change(Kind.UNCHANGED, what, List.of(), progress -> "unchanged " + what);
  }
}
