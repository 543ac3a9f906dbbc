package dev.fleetmend.server.document;

/**
 * How much there may be of what.
 *
 * @param documents own documents of the account
 * @param versions versions of one document
 * @param bytes UTF-8 bytes of one content
 * @param accounts accounts that one document is shared with
 * @param publicDocuments documents shared with everybody
 */
record DocumentLimits(int documents, int versions, int bytes, int accounts, int publicDocuments) {
  /** The limits that AWS publishes. */
  static DocumentLimits published() {
    return new DocumentLimits(500, 1_000, 64 * 1024, 1_000, 5);
  }
}
