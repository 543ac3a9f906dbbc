package dev.fleetmend.lab;

/** How a command ended: its exit status (128 + signal when killed) and what it wrote, as UTF-8. */
public record ExecResult(int exitCode, String stdout, String stderr) {

  /**
   * What it wrote on standard output.
   *
   * @throws LabException when it did not exit with 0; the message holds the end of its output
   */
  public String orThrow() {
    if (exitCode != 0) {
      throw new LabException("exit status " + exitCode + ": " + tail(stdout) + tail(stderr));
    }
    return stdout;
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 2_000));
  }
}
