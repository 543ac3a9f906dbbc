package dev.fleetmend.swarm;

/** What nodes enrol with. */
record Activation(String id, String code) {
  @Override
  public String toString() {
    return "Activation[" + id + "]";
  }
}
