package dev.fleetmend.server.work;

/**
 * Does work that has become due: at least once, on any replica, perhaps late, perhaps after it was
 * done before. Compare and set rows, so that a second time does no harm. A failure is tried again.
 */
@FunctionalInterface
public interface WorkHandler<T extends Record> {
  void run(T data);
}
