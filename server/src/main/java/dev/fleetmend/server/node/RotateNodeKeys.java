package dev.fleetmend.server.node;

import java.util.List;

/**
 * Request and answer of {@code Fleetmend.RotateNodeKeys}: each of these nodes is told to change its
 * key when it next asks for credentials, within half an hour.
 *
 * @param instanceIds 1 to 50
 */
public record RotateNodeKeys(List<String> instanceIds) {
  public RotateNodeKeys {
    instanceIds = List.copyOf(instanceIds);
  }
}
