package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.PatchStatus;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What patch operations found on nodes, for other capabilities. */
public interface PatchStates {
  /** A node's last patch operation and what it counted; nothing where there was none. */
  Optional<PatchedNode> find(Handle db, String instanceId);

  /** The statuses of a node's patches, by name, arch and version. */
  List<PatchStatus> statuses(Handle db, String instanceId);
}
