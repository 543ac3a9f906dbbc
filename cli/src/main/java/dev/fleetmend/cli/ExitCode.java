package dev.fleetmend.cli;

/** What {@code fleetmend} exits with. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** Not done, or not wholly; standard error says what happened. */
  public static final int FAILED = 1;

  /** The command line or a file given is wrong; nothing was done. */
  public static final int USAGE = 2;

  /** This machine lacks something: a JDK, Maven, a free port, a writable folder. */
  public static final int ENVIRONMENT = 3;

  /** The server cannot be reached. */
  public static final int NO_SERVER = 5;

  /** The server refused the request. */
  public static final int REFUSED = 6;

  /** {@code status} and {@code report --check}: a node is not compliant. */
  public static final int NOT_COMPLIANT = 7;

  private ExitCode() {}
}
