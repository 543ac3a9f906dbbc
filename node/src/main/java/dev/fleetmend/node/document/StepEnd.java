package dev.fleetmend.node.document;

import dev.fleetmend.protocol.message.RunStatus;

/** How a step ended. */
record StepEnd(RunStatus status, int code) {
  private static final int SUCCESS_AND_STOP = 168;
  private static final int FAIL_AND_STOP = 169;
  private static final int REBOOT = 194;

  /** As the facts of Run Command have it: 168 and 194 are successes of a kind. */
  static StepEnd ofExitCode(int code) {
    return switch (code) {
      case 0, SUCCESS_AND_STOP -> new StepEnd(RunStatus.SUCCESS, code);
      case REBOOT -> new StepEnd(RunStatus.SUCCESS_AND_REBOOT, code);
      default -> new StepEnd(RunStatus.FAILED, code);
    };
  }

  boolean stopsTheDocument() {
    return code == SUCCESS_AND_STOP || code == FAIL_AND_STOP;
  }
}
