package dev.fleetmend.server.document;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentParameter;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;

/** Documents in the shapes of the API. */
final class DocumentDescriptions {
  /** When the built-in documents were written. */
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private static final String OWNER = "Amazon";

  private DocumentDescriptions() {}

  static DocumentDescription description(CommandDocument document) {
    return DocumentDescription.builder()
        .hash(document.sha256())
        .hashType(DocumentHashType.SHA256)
        .name(document.name())
        .owner(OWNER)
        .createdDate(CREATED)
        .status(DocumentStatus.ACTIVE)
        .documentVersion(document.version())
        .description(document.description())
        .parameters(document.parameters().stream().map(DocumentDescriptions::parameter).toList())
        .platformTypesWithStrings(document.platformTypes())
        .documentType(DocumentType.COMMAND)
        .schemaVersion(document.schemaVersion())
        .latestVersion(document.version())
        .defaultVersion(document.version())
        .documentFormat(DocumentFormat.JSON)
        .tags(List.of())
        .build();
  }

  static DocumentIdentifier identifier(CommandDocument document) {
    return DocumentIdentifier.builder()
        .name(document.name())
        .createdDate(CREATED)
        .owner(OWNER)
        .platformTypesWithStrings(document.platformTypes())
        .documentVersion(document.version())
        .documentType(DocumentType.COMMAND)
        .schemaVersion(document.schemaVersion())
        .documentFormat(DocumentFormat.JSON)
        .tags(List.of())
        .build();
  }

  private static DocumentParameter parameter(ParameterDefinition definition) {
    return DocumentParameter.builder()
        .name(definition.name())
        .type(definition.type().described())
        .description(definition.description())
        .defaultValue(text(definition.defaultValue()))
        .build();
  }

  private static @Nullable String text(@Nullable Object defaultValue) {
    return defaultValue == null ? null : defaultValue.toString();
  }
}
