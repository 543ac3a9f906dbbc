package dev.fleetmend.server.rollback;

import org.jdbi.v3.core.Handle;

/** Is told, with the transaction, when a node or a patch group holds other versions than before. */
@FunctionalInterface
public interface HeldBackListener {
  /** Exactly one of the node and the patch group is named, the other is empty. */
  void changed(Handle tx, String instanceId, String patchGroup);
}
