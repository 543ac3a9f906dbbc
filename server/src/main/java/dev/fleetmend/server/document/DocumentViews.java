package dev.fleetmend.server.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentParameter;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentVersionInfo;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Documents in the shapes of the API. */
final class DocumentViews {
  private static final String AMAZON = "Amazon";

  private final DocumentContents contents;
  private final String account;

  DocumentViews(DocumentContents contents, String account) {
    this.contents = contents;
    this.account = account;
  }

  DocumentDescription description(DocumentVersion document, Map<String, String> tags) {
    ContentSummary summary = contents.of(document);
    return DocumentDescription.builder()
        .hash(document.sha256())
        .hashType(DocumentHashType.SHA256)
        .name(document.name())
        .displayName(document.displayName())
        .versionName(document.versionName())
        .owner(owner(document))
        .createdDate(document.createdAt())
        .status(DocumentStatus.ACTIVE)
        .documentVersion(Integer.toString(document.version()))
        .description(summary.description())
        .parameters(summary.parameters().stream().map(DocumentViews::parameter).toList())
        .platformTypesWithStrings(document.platformTypes())
        .documentType(document.type())
        .schemaVersion(document.schemaVersion())
        .latestVersion(Integer.toString(document.latestVersion()))
        .defaultVersion(Integer.toString(document.defaultVersion()))
        .documentFormat(document.format())
        .targetType(document.targetType())
        .tags(tags(tags))
        .build();
  }

  DocumentIdentifier identifier(DocumentVersion document, Map<String, String> tags) {
    return DocumentIdentifier.builder()
        .name(document.name())
        .createdDate(document.createdAt())
        .displayName(document.displayName())
        .owner(owner(document))
        .versionName(document.versionName())
        .platformTypesWithStrings(document.platformTypes())
        .documentVersion(Integer.toString(document.version()))
        .documentType(document.type())
        .schemaVersion(document.schemaVersion())
        .documentFormat(document.format())
        .targetType(document.targetType())
        .tags(tags(tags))
        .build();
  }

  DocumentVersionInfo version(DocumentVersion document) {
    return DocumentVersionInfo.builder()
        .name(document.name())
        .displayName(document.displayName())
        .documentVersion(Integer.toString(document.version()))
        .versionName(document.versionName())
        .createdDate(document.createdAt())
        .isDefaultVersion(document.isDefault())
        .documentFormat(document.format())
        .status(DocumentStatus.ACTIVE)
        .build();
  }

  private String owner(DocumentVersion document) {
    return document.builtIn() ? AMAZON : account;
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
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
    return switch (defaultValue) {
      case null -> null;
      case List<?> list -> DocumentText.json(list);
      case Map<?, ?> map -> DocumentText.json(map);
      default -> defaultValue.toString();
    };
  }
}
