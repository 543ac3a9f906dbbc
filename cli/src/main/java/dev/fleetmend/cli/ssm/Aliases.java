package dev.fleetmend.cli.ssm;

/** Names that people use for members which SSM calls otherwise. */
final class Aliases {
  private Aliases() {}

  /** SSM's name, both without case and punctuation. */
  static String resolve(String loose) {
    return loose.equals("patchbaselineid") ? "baselineid" : loose;
  }
}
