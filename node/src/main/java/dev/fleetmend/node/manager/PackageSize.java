package dev.fleetmend.node.manager;

/**
 * How large a version of a package is.
 *
 * @param file bytes of its package file
 * @param here whether the package manager's own cache has that file
 * @param installed bytes of its files once they are unpacked, 0 if unknown
 */
public record PackageSize(long file, boolean here, long installed) {
  /** Bytes that come over the network. */
  public long download() {
    return here ? 0 : file;
  }
}
