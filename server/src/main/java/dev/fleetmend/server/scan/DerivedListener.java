package dev.fleetmend.server.scan;

import dev.fleetmend.patching.decision.PatchStatus;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Is told, in the same transaction, what a node's patch states have become. */
@FunctionalInterface
public interface DerivedListener {
  void derived(Handle tx, PatchedNode node, List<PatchStatus> statuses);
}
