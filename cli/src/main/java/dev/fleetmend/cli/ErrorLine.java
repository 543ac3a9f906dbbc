package dev.fleetmend.cli;

import dev.fleetmend.lab.LabException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints a failure as one line; only a failure nobody foresaw shows its stack. */
final class ErrorLine implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof Problem problem) {
      err.println("fleetmend: " + problem.getMessage());
      return problem.exitCode();
    }
    if (failure instanceof LabException) {
      err.println("fleetmend: " + failure.getMessage());
      return ExitCode.FAILED;
    }
    err.println("fleetmend: a fault in fleetmend itself; please report what follows");
    failure.printStackTrace(err);
    return ExitCode.FAILED;
  }
}
