package dev.fleetmend.server.datasync;

/** Takes objects. */
interface Destination extends AutoCloseable {
  /**
   * Writes an object, wholly or not at all.
   *
   * @param key path of the object, segments separated by slashes
   * @throws SyncFailedException where it could not be written
   */
  void put(String key, byte[] content) throws SyncFailedException;

  @Override
  void close();
}
