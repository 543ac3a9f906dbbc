package dev.fleetmend.server.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;

/**
 * One version of a document.
 *
 * @param builtIn whether it comes with the server
 * @param content its text as it was given, in its format
 * @param sha256 hex SHA-256 of the text
 * @param createdAt when this version was made
 * @param defaultVersion the document's default version
 * @param latestVersion the document's newest version
 */
record DocumentVersion(
    String name,
    boolean builtIn,
    DocumentType type,
    int version,
    @Nullable String versionName,
    @Nullable String displayName,
    @Nullable String targetType,
    DocumentFormat format,
    String schemaVersion,
    List<String> platformTypes,
    String description,
    String content,
    String sha256,
    Instant createdAt,
    int defaultVersion,
    int latestVersion) {
  DocumentVersion {
    platformTypes = List.copyOf(platformTypes);
  }

  DocumentVersion withDefault(int version) {
    return new DocumentVersion(
        name,
        builtIn,
        type,
        this.version,
        versionName,
        displayName,
        targetType,
        format,
        schemaVersion,
        platformTypes,
        description,
        content,
        sha256,
        createdAt,
        version,
        latestVersion);
  }

  boolean isDefault() {
    return version == defaultVersion;
  }

  boolean isLatest() {
    return version == latestVersion;
  }
}
