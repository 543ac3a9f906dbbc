package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;

/** Why documents are refused, as AWS words it. */
final class Problems {
  private Problems() {}

  static ApiException content(String why) {
    return new ApiException("InvalidDocumentContent", why + ".");
  }

  static ApiException noDocument(String name) {
    return new ApiException("InvalidDocument", "Document with name " + name + " does not exist.");
  }

  static ApiException noVersion(String name, String version) {
    return new ApiException(
        "InvalidDocumentVersion",
        "Document version " + version + " does not exist for document " + name + ".");
  }

  static ApiException operation(String why) {
    return new ApiException("InvalidDocumentOperation", why);
  }
}
