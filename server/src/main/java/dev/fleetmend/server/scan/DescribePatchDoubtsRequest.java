package dev.fleetmend.server.scan;

import java.util.List;

/**
 * {@code Fleetmend.DescribePatchDoubts}: how far nodes' patch states can be relied on.
 *
 * @param instanceIds 1 to 50 managed nodes; those that never reported facts are left out
 */
public record DescribePatchDoubtsRequest(List<String> instanceIds) {
  public DescribePatchDoubtsRequest {
    instanceIds = List.copyOf(instanceIds);
  }
}
