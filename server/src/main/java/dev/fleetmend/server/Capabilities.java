package dev.fleetmend.server;

/**
 * Makes the capabilities, each from the core and the small public interfaces of the others, and has
 * them offer their operations and their work. The one place that knows them all.
 */
final class Capabilities {
  private Capabilities() {}

  static void offer(Core core) {}
}
