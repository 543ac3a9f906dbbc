package dev.fleetmend.node.patch;

import dev.fleetmend.patching.exchange.FactsReport;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.HeldPreviewRequest;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.exchange.PatchRunReport;
import dev.fleetmend.patching.exchange.PatchRunRequest;
import dev.fleetmend.patching.exchange.PatchRunSummary;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.patching.exchange.TransactionState;
import dev.fleetmend.patching.exchange.TransactionsReport;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.sign.Digests;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Calls to the server, tried again through a short outage. */
final class ServerTalk {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8),
          Duration.ofSeconds(15));

  private interface Call<T> {
    T make() throws IOException, RefusedException;
  }

  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final PatchServer server;
  private final String instanceId;

  ServerTalk(PatchServer server, String instanceId) {
    this.server = server;
    this.instanceId = instanceId;
  }

  /** By hash first; the content only where the server asks for it. */
  void report(HostFacts facts) throws RunException, InterruptedException {
    String hash = Digests.sha256Hex(json.write(facts));
    boolean needed =
        call(() -> server.reportFacts(new FactsReport(instanceId, hash, null))).contentNeeded();
    if (needed) {
      call(() -> server.reportFacts(new FactsReport(instanceId, hash, facts)));
    }
  }

  PatchRunPlan begin(PatchRunRequest request) throws RunException, InterruptedException {
    return call(() -> server.begin(request));
  }

  PatchRunSummary end(PatchRunReport report) throws RunException, InterruptedException {
    return call(() -> server.end(report));
  }

  PreviewAccepted preview(PreviewReport report) throws RunException, InterruptedException {
    return call(() -> server.reportPreview(report));
  }

  /** The preview that a run is held to. */
  HeldPreview held(String hash) throws RunException, InterruptedException {
    return call(() -> server.takePreview(new HeldPreviewRequest(instanceId, hash)));
  }

  /** A server that does not know of them yet does without. */
  void report(List<TransactionState> transactions) throws RunException, InterruptedException {
    try {
      call(() -> server.reportTransactions(new TransactionsReport(instanceId, transactions)));
    } catch (RunException e) {
      if (!e.refused()) {
        throw e;
      }
    }
  }

  private static <T> T call(Call<T> call) throws RunException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        return call.make();
      } catch (RefusedException e) {
        throw new RunException("The server refused: " + e.code() + ": " + e.getMessage(), true);
      } catch (IOException e) {
        if (tries == PAUSES.size()) {
          throw new RunException("The server cannot be reached: " + e.getMessage());
        }
        Thread.sleep(PAUSES.get(tries));
      }
    }
  }
}
