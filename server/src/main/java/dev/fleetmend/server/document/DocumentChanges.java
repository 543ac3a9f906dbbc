package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.tag.TagOperations;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.AttachmentsSource;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDefaultVersionDescription;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentResponse;

/** CreateDocument, UpdateDocument, UpdateDocumentDefaultVersion and DeleteDocument. */
final class DocumentChanges {
  private static final List<String> RESERVED = List.of("aws", "amazon", "amzn");

  private final Core core;
  private final DocumentLibrary library;
  private final DocumentTable table;
  private final ShareTable shares;
  private final DocumentContents contents;
  private final DocumentViews views;
  private final DocumentLimits limits;
  private final TagDirectory tags;
  private final BiPredicate<Handle, String> associated;

  /**
   * @param associated whether nodes are associated with a document
   */
  DocumentChanges(
      Core core,
      DocumentLibrary library,
      DocumentTable table,
      ShareTable shares,
      DocumentContents contents,
      DocumentViews views,
      DocumentLimits limits,
      TagDirectory tags,
      BiPredicate<Handle, String> associated) {
    this.core = core;
    this.library = library;
    this.table = table;
    this.shares = shares;
    this.contents = contents;
    this.views = views;
    this.limits = limits;
    this.tags = tags;
    this.associated = associated;
  }

  void offer(Operations operations) {
    operations.on(CreateDocumentRequest.class, this::create);
    operations.on(UpdateDocumentRequest.class, this::update);
    operations.on(UpdateDocumentDefaultVersionRequest.class, this::updateDefault);
    operations.on(DeleteDocumentRequest.class, this::delete);
  }

  private CreateDocumentResponse create(CreateDocumentRequest request, Caller caller) {
    String name = request.name();
    requireFreeName(name);
    refuseAttachments(request.attachments());
    if (!request.requires().isEmpty()) {
      throw Problems.content(
          "Requires is for application configurations, which this server does not keep");
    }
    DocumentType type = Objects.requireNonNullElse(request.documentType(), DocumentType.COMMAND);
    DocumentVersion first =
        checked(
            new Draft(
                name,
                type,
                1,
                request.versionName(),
                request.displayName(),
                request.targetType(),
                request.documentFormat(),
                request.content()));
    Map<String, String> tagged = TagOperations.asMap(request.tags());
    core.store()
        .change(
            tx -> {
              if (table.count(tx) >= limits.documents()) {
                throw new ApiException(
                    "DocumentLimitExceeded",
                    "You can have at most " + limits.documents() + " active SSM documents.");
              }
              if (!table.insert(tx, first)) {
                throw new ApiException(
                    "DocumentAlreadyExists", "Document with name " + name + " already exists.");
              }
              tags.put(tx, DocumentCapability.TAGGED, name, tagged);
            });
    return CreateDocumentResponse.builder()
        .documentDescription(described(first, tagged, DocumentStatus.CREATING))
        .build();
  }

  private void requireFreeName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (RESERVED.stream().anyMatch(lower::startsWith)) {
      throw new ApiException(
          "ValidationException",
          "The document name " + name + " begins with a reserved word: aws, amazon or amzn.");
    }
    if (library.isBuiltIn(name)) {
      throw new ApiException(
          "DocumentAlreadyExists", "Document with name " + name + " already exists.");
    }
  }

  private static void refuseAttachments(List<AttachmentsSource> attachments) {
    if (!attachments.isEmpty()) {
      throw Problems.content("Attachments are not supported by this server; leave them out");
    }
  }

  /** What a request says of a version. */
  private record Draft(
      String name,
      DocumentType type,
      int version,
      @Nullable String versionName,
      @Nullable String displayName,
      @Nullable String targetType,
      @Nullable DocumentFormat format,
      String content) {}

  private DocumentVersion checked(Draft draft) {
    DocumentFormat format = Objects.requireNonNullElse(draft.format(), DocumentFormat.JSON);
    ContentSummary summary = contents.check(draft.type(), format, draft.content());
    return new DocumentVersion(
        draft.name(),
        false,
        draft.type(),
        draft.version(),
        draft.versionName(),
        draft.displayName(),
        draft.targetType(),
        format,
        summary.schemaVersion(),
        summary.platformTypes(),
        Objects.requireNonNullElse(summary.description(), ""),
        draft.content(),
        DocumentText.sha256(draft.content()),
        Instant.ofEpochMilli(core.clock().millis()),
        1,
        draft.version());
  }

  private DocumentDescription described(
      DocumentVersion version, Map<String, String> tagged, DocumentStatus status) {
    return views.description(version, tagged).toBuilder().status(status).build();
  }

  private UpdateDocumentResponse update(UpdateDocumentRequest request, Caller caller) {
    refuseBuiltIn(request.name());
    refuseAttachments(request.attachments());
    DocumentDescription updated = core.store().write(tx -> update(tx, request));
    return UpdateDocumentResponse.builder().documentDescription(updated).build();
  }

  private DocumentDescription update(Handle tx, UpdateDocumentRequest request) {
    int last = table.lock(tx, request.name());
    List<DocumentVersion> versions = table.versions(tx, request.name());
    DocumentVersion latest = versions.getLast();
    if (!DocumentLibrary.is(latest, request.documentVersion())) {
      throw new ApiException(
          "InvalidDocumentVersion",
          "Only the latest version of a document can be updated: "
              + latest.version()
              + " of "
              + request.name()
              + ", not "
              + request.documentVersion()
              + ".");
    }
    DocumentVersion next =
        checked(
            new Draft(
                latest.name(),
                latest.type(),
                last + 1,
                request.versionName(),
                request.displayName() == null ? latest.displayName() : request.displayName(),
                request.targetType() == null ? latest.targetType() : request.targetType(),
                request.documentFormat(),
                request.content()));
    refuseRepetition(versions, next);
    table.add(tx, next);
    return described(
        next.withDefault(latest.defaultVersion()),
        tags.of(tx, DocumentCapability.TAGGED, next.name()),
        DocumentStatus.UPDATING);
  }

  private void refuseRepetition(List<DocumentVersion> versions, DocumentVersion next) {
    for (DocumentVersion one : versions) {
      if (one.sha256().equals(next.sha256())) {
        throw new ApiException(
            "DuplicateDocumentContent",
            "The content is that of version "
                + one.version()
                + " of the document. Change the content of the document and try again.");
      }
      if (next.versionName() != null && next.versionName().equals(one.versionName())) {
        throw new ApiException(
            "DuplicateDocumentVersionName",
            "The version name has already been used in this document. Specify a different version"
                + " name, and then try again.");
      }
    }
    if (versions.size() >= limits.versions()) {
      throw new ApiException(
          "DocumentVersionLimitExceeded",
          "The document has too many versions. Delete one or more document versions and try"
              + " again.");
    }
  }

  private UpdateDocumentDefaultVersionResponse updateDefault(
      UpdateDocumentDefaultVersionRequest request, Caller caller) {
    if (library.isBuiltIn(request.name())) {
      throw Problems.noDocument(request.name());
    }
    DocumentVersion chosen =
        core.store()
            .write(
                tx -> {
                  table.lock(tx, request.name());
                  DocumentVersion version =
                      library.find(tx, request.name(), request.documentVersion(), null);
                  table.defaultVersion(tx, version.name(), version.version());
                  return version;
                });
    return UpdateDocumentDefaultVersionResponse.builder()
        .description(
            DocumentDefaultVersionDescription.builder()
                .name(chosen.name())
                .defaultVersion(Integer.toString(chosen.version()))
                .defaultVersionName(chosen.versionName())
                .build())
        .build();
  }

  private DeleteDocumentResponse delete(DeleteDocumentRequest request, Caller caller) {
    refuseBuiltIn(request.name());
    core.store().change(tx -> delete(tx, request));
    return DeleteDocumentResponse.builder().build();
  }

  private void delete(Handle tx, DeleteDocumentRequest request) {
    String name = request.name();
    table.lock(tx, name);
    if (request.documentVersion() != null || request.versionName() != null) {
      DocumentVersion version =
          library.find(tx, name, request.documentVersion(), request.versionName());
      if (version.isDefault()) {
        throw Problems.operation("Default version of the document can't be deleted.");
      }
      table.deleteVersion(tx, name, version.version());
      return;
    }
    if (!shares.of(tx, name).isEmpty()) {
      throw Problems.operation(
          "Document "
              + name
              + " is still shared. You must stop sharing the document before you can delete it.");
    }
    if (!Boolean.TRUE.equals(request.force()) && associated.test(tx, name)) {
      throw new ApiException(
          "AssociatedInstances",
          "You must disassociate document "
              + name
              + " from all managed nodes before you can delete it.");
    }
    table.delete(tx, name);
    tags.forget(tx, DocumentCapability.TAGGED, name);
  }

  private void refuseBuiltIn(String name) {
    if (library.isBuiltIn(name)) {
      throw Problems.operation(
          "Document " + name + " comes with the server and cannot be changed or deleted.");
    }
  }
}
