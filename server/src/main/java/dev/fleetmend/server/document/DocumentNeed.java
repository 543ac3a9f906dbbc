package dev.fleetmend.server.document;

import org.jdbi.v3.core.Handle;

/** A reason for which a node may read a document: something has the node run it. */
public interface DocumentNeed {
  /**
   * Whether it does now.
   *
   * @param name of the document, without a version
   */
  boolean needs(Handle db, String instanceId, String name);
}
