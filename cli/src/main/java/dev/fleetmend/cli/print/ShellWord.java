package dev.fleetmend.cli.print;

/** One word as a POSIX shell reads it, whatever it holds. */
public final class ShellWord {
  private ShellWord() {}

  /** Quoted, unless it is plain. */
  public static String of(String text) {
    return text.matches("[\\w,=.:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
