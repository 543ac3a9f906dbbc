package dev.fleetmend.node.manager;

import java.util.List;

/**
 * What an administrator told the package manager about packages.
 *
 * @param held packages to be left alone, as the package manager names them
 * @param automatic packages that are there only because others need them
 */
public record Marks(List<String> held, List<String> automatic) {
  public Marks {
    held = List.copyOf(held);
    automatic = List.copyOf(automatic);
  }
}
