package dev.fleetmend.server.document;

import dev.fleetmend.server.quota.Quota;
import dev.fleetmend.server.quota.Quotas;

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
  static DocumentLimits of(Quotas quotas) {
    return new DocumentLimits(
        quotas.of(Quota.DOCUMENTS),
        quotas.of(Quota.VERSIONS_PER_DOCUMENT),
        quotas.of(Quota.DOCUMENT_BYTES),
        quotas.of(Quota.ACCOUNTS_PER_SHARED_DOCUMENT),
        quotas.of(Quota.PUBLIC_DOCUMENTS));
  }
}
