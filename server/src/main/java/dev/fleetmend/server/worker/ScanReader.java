package dev.fleetmend.server.worker;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.json.MalformedJsonException;
import java.time.Instant;

/**
 * The one place where the raw fields of a platform's own update tool become facts, and a plan
 * becomes what its script reads.
 */
interface ScanReader {
  /**
   * Reads what a script posts.
   *
   * @param body a stranger's bytes
   * @param now when it came
   * @throws MalformedJsonException where it has another shape
   * @throws ApiException ValidationException where the update tool has failed
   */
  WorkerScan read(byte[] body, Instant now);

  /** A plan as the script reads it. */
  byte[] write(WorkerPlan plan, WorkerScan scan);
}
