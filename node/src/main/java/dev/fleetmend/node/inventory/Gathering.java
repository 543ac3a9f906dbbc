package dev.fleetmend.node.inventory;

import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.PatchCommand;
import dev.fleetmend.node.patch.PatchOutcome;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.patch.RunWatch;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.InventoryItem;
import dev.fleetmend.protocol.message.PutInventoryRequest;
import dev.fleetmend.protocol.message.PutInventoryResponse;
import dev.fleetmend.protocol.sign.Digests;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document {@code AWS-GatherSoftwareInventory}: each type that the command asks for is sent by
 * its hash, and whole only where the server does not hold that.
 */
public final class Gathering implements PatchRun {
  private static final String UNKNOWN_HASH = "ItemContentMismatchException";

  private final String instanceId;
  private final ServiceClient server;
  private final Clock clock;
  private final List<InventoryType> types;
  private final RecordJson json = new RecordJson(Naming.PASCAL);

  /**
   * @param server signs as this node
   */
  public Gathering(String instanceId, ServiceClient server, Clock clock) {
    this.instanceId = instanceId;
    this.server = server;
    this.clock = clock;
    this.types =
        List.of(new Applications(), new Networks(), new DetailedInformation(), new HostFiles());
  }

  /** The entries of a type, for their hash. */
  private record Content(List<Map<String, String>> entries) {}

  @Override
  public PatchOutcome run(PatchCommand command, RunWatch watch) {
    StringBuilder said = new StringBuilder();
    StringBuilder failed = new StringBuilder();
    for (InventoryType type : types) {
      String wanted = command.first(type.parameter(), byDefault(type));
      if (wanted.isEmpty() || wanted.equals("Disabled")) {
        continue;
      }
      if (watch.stopped()) {
        return PatchOutcome.cancelled(said.toString(), "Cancelled.\n");
      }
      try {
        said.append(send(type, type.entries(wanted))).append('\n');
      } catch (IOException e) {
        failed.append(type.typeName()).append(" was not sent: ").append(e.getMessage());
        failed.append('\n');
      } catch (RefusedException e) {
        failed.append(type.typeName()).append(" was refused (").append(e.code()).append("): ");
        failed.append(e.getMessage()).append('\n');
      }
    }
    return new PatchOutcome(failed.isEmpty() ? 0 : 1, said.toString(), failed.toString());
  }

  private static String byDefault(InventoryType type) {
    return type instanceof HostFiles ? "" : "Enabled";
  }

  private String send(InventoryType type, List<Map<String, String>> entries)
      throws IOException, RefusedException {
    String hash = Digests.sha256Hex(json.write(new Content(entries)));
    String count = type.typeName() + ": " + entries.size() + " entries, ";
    try {
      put(type, hash, null);
      return count + "unchanged";
    } catch (RefusedException e) {
      if (!e.code().equals(UNKNOWN_HASH)) {
        throw e;
      }
    }
    put(type, hash, entries);
    return count + "sent";
  }

  private void put(InventoryType type, String hash, @Nullable List<Map<String, String>> entries)
      throws IOException, RefusedException {
    InventoryItem item =
        new InventoryItem(
            type.typeName(),
            type.schemaVersion(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
            hash,
            entries);
    server.call(
        Call.of(Target.SSM, "PutInventory"),
        new PutInventoryRequest(instanceId, List.of(item)),
        PutInventoryResponse.class);
  }
}
