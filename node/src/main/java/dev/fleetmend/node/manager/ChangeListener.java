package dev.fleetmend.node.manager;

import java.io.IOException;

/** Told while the package manager changes the host. */
public interface ChangeListener {
  /** The first package is being configured. */
  void configuring() throws IOException;
}
