package dev.fleetmend.server.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All documents: those that come with the server, and the account's own. */
final class DocumentLibrary {
  private static final String ARN_PART = "document/";
  private final BuiltInDocuments builtIn;
  private final DocumentTable own;

  DocumentLibrary(BuiltInDocuments builtIn, DocumentTable own) {
    this.builtIn = builtIn;
    this.own = own;
  }

  /** The default version of each, by name. */
  List<DocumentVersion> all(Handle db) {
    List<DocumentVersion> all = new ArrayList<>(builtIn.all());
    all.addAll(own.defaults(db));
    all.sort(Comparator.comparing(DocumentVersion::name));
    return all;
  }

  boolean isBuiltIn(String name) {
    return builtIn.find(name).isPresent();
  }

  /**
   * All versions of a document, oldest first.
   *
   * @param nameOrArn its name, or an ARN that ends in {@code document/<name>}
   * @throws dev.fleetmend.api.ApiException InvalidDocument when there is none such
   */
  List<DocumentVersion> versions(Handle db, String nameOrArn) {
    String name = name(nameOrArn);
    List<DocumentVersion> versions =
        builtIn.find(name).map(List::of).orElseGet(() -> own.versions(db, name));
    if (versions.isEmpty()) {
      throw Problems.noDocument(name);
    }
    return versions;
  }

  /**
   * One version of a document.
   *
   * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or null for the named one or the
   *     default
   * @param versionName the name of a version, or null
   * @throws dev.fleetmend.api.ApiException InvalidDocument or InvalidDocumentVersion when there is
   *     none such
   */
  DocumentVersion find(
      Handle db, String nameOrArn, @Nullable String version, @Nullable String versionName) {
    List<DocumentVersion> versions = versions(db, nameOrArn);
    return versions.stream()
        .filter(one -> is(one, version == null && versionName == null ? "$DEFAULT" : version))
        .filter(one -> versionName == null || versionName.equals(one.versionName()))
        .findFirst()
        .orElseThrow(
            () ->
                Problems.noVersion(
                    name(nameOrArn),
                    Objects.requireNonNullElse(version, String.valueOf(versionName))));
  }

  static boolean is(DocumentVersion one, @Nullable String version) {
    return switch (version) {
      case null -> true;
      case "$DEFAULT" -> one.isDefault();
      case "$LATEST" -> one.isLatest();
      default -> version.equals(Integer.toString(one.version()));
    };
  }

  static String name(String nameOrArn) {
    return nameOrArn.startsWith("arn:")
        ? nameOrArn.substring(nameOrArn.lastIndexOf(ARN_PART) + ARN_PART.length())
        : nameOrArn;
  }
}
