package dev.fleetmend.node;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What the agent tells people, one line each: time, level, text. */
public final class AgentLog {
  private final PrintStream out;
  private final Clock clock;

  public AgentLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Something that happened as it should. */
  public void info(String text) {
    line("INFO  ", text);
  }

  /** Something that a person may have to look at. */
  public void warn(String text) {
    line("WARN  ", text);
  }

  /** The same, with what caused it in a word. */
  public void warn(String text, Exception cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    line("WARN  ", text + ": " + why);
  }

  private void line(String level, String text) {
    String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
    out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + oneLine);
  }
}
