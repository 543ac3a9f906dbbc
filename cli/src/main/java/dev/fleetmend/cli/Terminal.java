package dev.fleetmend.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** The person at the other end, if there is one. */
public final class Terminal {
  private Terminal() {}

  /** Whether input and output are a terminal, not a pipe or file. */
  public static boolean present() {
    return console().isPresent();
  }

  /** Asks a question that only y or yes answers with yes. */
  static boolean agrees(String question) {
    String answer = console().map(console -> console.readLine("%s [y/N] ", question)).orElse("");
    return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
