package dev.fleetmend.cli.plan;

import java.io.PrintWriter;

/** Says how far long work has come: one line that is written over, on a terminal only. */
public final class Progress {
  private final PrintWriter out;
  private final boolean terminal;
  private int width;

  public Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows a line in place of the last one. */
  public void show(String line) {
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
      out.flush();
      width = line.length();
    }
  }

  /** Takes the line away. */
  public void clear() {
    if (terminal && width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
      width = 0;
    }
  }
}
