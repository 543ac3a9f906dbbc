package dev.fleetmend.server;

import dev.fleetmend.server.document.BuiltInDocuments;
import dev.fleetmend.server.document.DocumentOperations;
import dev.fleetmend.server.document.Documents;

/**
 * Makes the capabilities, each from the core and the small public interfaces of the others, and has
 * them offer their operations and their work. The one place that knows them all.
 */
final class Capabilities {
  private Capabilities() {}

  static void offer(Core core) {
    Documents documents = new BuiltInDocuments();
    new DocumentOperations(documents).offer(core.operations());
  }
}
