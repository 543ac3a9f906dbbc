package dev.fleetmend.server.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;

/** The tables document and document_version: the account's own documents. */
final class DocumentTable {
  private static final String VERSIONS =
      "SELECT document_version.*, document.type, document.default_version,"
          + " (SELECT MAX(version) FROM document_version newest WHERE newest.name = document.name)"
          + " AS latest_version FROM document_version"
          + " JOIN document ON document.name = document_version.name ";

  /** Adds a document with its first version; false where there is one of that name. */
  boolean insert(Handle tx, DocumentVersion first) {
    int added =
        tx.createUpdate(
                "INSERT INTO document (name, type, created_at, default_version, last_version)"
                    + " VALUES (:name, :type, :created, 1, 1) ON CONFLICT (name) DO NOTHING")
            .bind("name", first.name())
            .bind("type", first.type().toString())
            .bind("created", first.createdAt().toEpochMilli())
            .execute();
    if (added == 1) {
      insertVersion(tx, first);
    }
    return added == 1;
  }

  private static void insertVersion(Handle tx, DocumentVersion version) {
    tx.createUpdate(
            "INSERT INTO document_version (name, version, version_name, display_name, target_type,"
                + " format, schema_version, platform_types, description, content, sha256,"
                + " created_at) VALUES (:name, :version, :versionName, :displayName, :targetType,"
                + " :format, :schema, :platforms, :description, :content, :sha256, :created)")
        .bind("name", version.name())
        .bind("version", version.version())
        .bind("versionName", version.versionName())
        .bind("displayName", version.displayName())
        .bind("targetType", version.targetType())
        .bind("format", version.format().toString())
        .bind("schema", version.schemaVersion())
        .bind("platforms", String.join(",", version.platformTypes()))
        .bind("description", version.description())
        .bind("content", version.content())
        .bind("sha256", version.sha256())
        .bind("created", version.createdAt().toEpochMilli())
        .execute();
  }

  /** Adds a version to a document that is there, as its newest. */
  void add(Handle tx, DocumentVersion version) {
    tx.createUpdate("UPDATE document SET last_version = :version WHERE name = :name")
        .bind("name", version.name())
        .bind("version", version.version())
        .execute();
    insertVersion(tx, version);
  }

  /**
   * Keeps other transactions from changing a document until this one ends.
   *
   * @return the last version number that it was given
   * @throws dev.fleetmend.api.ApiException InvalidDocument where there is no such document
   */
  int lock(Handle tx, String name) {
    return tx.createQuery(
            "UPDATE document SET type = type WHERE name = :name RETURNING last_version")
        .bind("name", name)
        .mapTo(Integer.class)
        .findOne()
        .orElseThrow(() -> Problems.noDocument(name));
  }

  int count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM document").mapTo(Integer.class).one();
  }

  /** The default version of every document, by name. */
  List<DocumentVersion> defaults(Handle db) {
    return db.createQuery(
            VERSIONS
                + "WHERE document_version.version = document.default_version"
                + " ORDER BY document.name")
        .map((row, context) -> version(row))
        .list();
  }

  /** All versions of a document, oldest first; empty where there is none such. */
  List<DocumentVersion> versions(Handle db, String name) {
    return db.createQuery(
            VERSIONS + "WHERE document.name = :name ORDER BY document_version.version")
        .bind("name", name)
        .map((row, context) -> version(row))
        .list();
  }

  void defaultVersion(Handle tx, String name, int version) {
    tx.createUpdate("UPDATE document SET default_version = :version WHERE name = :name")
        .bind("name", name)
        .bind("version", version)
        .execute();
  }

  void deleteVersion(Handle tx, String name, int version) {
    for (String table : List.of("document_review", "document_version")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE name = :name AND version = :version")
          .bind("name", name)
          .bind("version", version)
          .execute();
    }
  }

  void delete(Handle tx, String name) {
    for (String table :
        List.of("document_review", "document_share", "document_version", "document")) {
      tx.createUpdate("DELETE FROM " + table + " WHERE name = :name").bind("name", name).execute();
    }
  }

  private static DocumentVersion version(ResultSet row) throws SQLException {
    return new DocumentVersion(
        text(row, "name"),
        false,
        DocumentType.fromValue(text(row, "type")),
        row.getInt("version"),
        row.getString("version_name"),
        row.getString("display_name"),
        row.getString("target_type"),
        DocumentFormat.fromValue(text(row, "format")),
        text(row, "schema_version"),
        platforms(text(row, "platform_types")),
        text(row, "description"),
        text(row, "content"),
        text(row, "sha256"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("default_version"),
        row.getInt("latest_version"));
  }

  private static List<String> platforms(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    @Nullable String value = row.getString(column);
    return Objects.requireNonNull(value, column);
  }
}
