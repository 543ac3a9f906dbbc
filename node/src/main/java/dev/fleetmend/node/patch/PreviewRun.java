package dev.fleetmend.node.patch;

import dev.fleetmend.node.transaction.Forecast;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import java.io.IOException;
import java.time.Instant;

/** Says what an operation would do: decided as its run would be, tried by the package manager. */
final class PreviewRun {
  private final String instanceId;
  private final RunOrders orders;
  private final Forecast forecast;
  private final ServerTalk server;

  PreviewRun(String instanceId, RunOrders orders, Forecast forecast, ServerTalk server) {
    this.instanceId = instanceId;
    this.orders = orders;
    this.forecast = forecast;
    this.server = server;
  }

  PatchOutcome run(String commandId, Parameters parameters)
      throws IOException, RunException, InterruptedException {
    RunOrders.Terms terms = orders.terms(parameters);
    RunOrders.Planned planned = orders.plan(commandId, parameters, terms);
    PatchPreview preview;
    if (parameters.installs()) {
      preview = forecast.install(planned.plan(), planned.facts(), parameters.mayReboot());
    } else {
      RollbackChoice choice = orders.uninstall(commandId, parameters, terms);
      preview =
          forecast.uninstall(
              choice.orders(), parameters.withNewer(), choice.notes(), planned.facts());
    }
    PreviewAccepted accepted =
        server.preview(
            new PreviewReport(instanceId, commandId, terms.baseline(), terms.list(), preview));
    String busy = forecast.busy();
    String wait = busy.isEmpty() ? "" : "It would have to wait for " + busy + "\n";
    return new PatchOutcome(
        0,
        PreviewText.of(preview)
            + wait
            + "Preview "
            + accepted.hash()
            + ", good until "
            + Instant.ofEpochMilli(accepted.expiresAt())
            + "\n",
        "");
  }
}
