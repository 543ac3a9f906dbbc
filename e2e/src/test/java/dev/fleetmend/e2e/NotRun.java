package dev.fleetmend.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/**
 * Says why nothing of a test class runs. The reports of the build have a reason for single tests
 * only; the end of a run looks for these lines.
 */
public final class NotRun implements LifecycleMethodExecutionExceptionHandler {
  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable why)
      throws Throwable {
    System.out.println(
        "NOT RUN " + context.getRequiredTestClass().getName() + ": " + why.getMessage());
    throw why;
  }
}
