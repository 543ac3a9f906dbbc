package dev.fleetmend.patching.decision;

/** A host or baseline of an operating system whose patches cannot be judged yet. */
public final class UnsupportedOperatingSystem extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsupportedOperatingSystem(String operatingSystem) {
    super("patches of " + operatingSystem + " cannot be judged yet");
  }
}
