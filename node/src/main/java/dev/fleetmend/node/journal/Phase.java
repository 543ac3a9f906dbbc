package dev.fleetmend.node.journal;

/** How far a transaction is, in the order of its life. */
public enum Phase {
  /** It is known what is wanted; nothing has been done. */
  PLANNED,
  /** It is known what would change, and the incoming files are here. */
  FETCHED,
  /** The outgoing files, the configuration files and the marks are kept. Nothing has changed. */
  VAULTED,
  /** From here the host changes: packages are being unpacked. */
  UNPACKING,
  /** Packages are being configured. */
  CONFIGURING,
  /** Packages that did not go in are being put back. */
  PUTTING_BACK,
  /** An earlier transaction is being undone. */
  UNDOING,
  /** The package manager has ended; what stands is being looked at. */
  VERIFYING,
  /** Over, with its results. */
  DONE;

  /** Whether the host may differ from how the transaction found it. */
  public boolean mayHaveChangedTheHost() {
    return compareTo(UNPACKING) >= 0;
  }
}
