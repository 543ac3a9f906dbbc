package dev.fleetmend.node.document;

/**
 * A document as {@code documentPath} names it: {@code Name}, {@code Name:2}, or an ARN of either.
 *
 * @param name without the version
 * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or empty
 */
record DocumentPath(String name, String version) {
  static DocumentPath of(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0
        ? new DocumentPath(last, "")
        : new DocumentPath(last.substring(0, colon), last.substring(colon + 1));
  }
}
