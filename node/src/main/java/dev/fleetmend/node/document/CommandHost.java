package dev.fleetmend.node.document;

import java.util.Map;

/**
 * What commands see of the node.
 *
 * @param environment the variables that each script gets
 * @param readOnly whether patch commands may only scan
 */
public record CommandHost(Map<String, String> environment, boolean readOnly) {
  public CommandHost {
    environment = Map.copyOf(environment);
  }
}
