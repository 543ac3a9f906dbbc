package dev.fleetmend.server.document;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentMetadataResponseInfo;
import software.amazon.awssdk.services.ssm.model.DocumentReviewAction;
import software.amazon.awssdk.services.ssm.model.DocumentReviewCommentSource;
import software.amazon.awssdk.services.ssm.model.DocumentReviewCommentType;
import software.amazon.awssdk.services.ssm.model.DocumentReviewerResponseSource;
import software.amazon.awssdk.services.ssm.model.ListDocumentMetadataHistoryRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentMetadataHistoryResponse;
import software.amazon.awssdk.services.ssm.model.ReviewStatus;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentMetadataRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentMetadataResponse;

/**
 * UpdateDocumentMetadata and ListDocumentMetadataHistory: reviews of a version, kept and listed. A
 * document can be run whatever its reviews say.
 */
final class DocumentReviews {
  private static final int DEFAULT_PAGE = 50;

  private final Core core;
  private final DocumentLibrary library;
  private final DocumentTable table;

  DocumentReviews(Core core, DocumentLibrary library, DocumentTable table) {
    this.core = core;
    this.library = library;
    this.table = table;
  }

  void offer(Operations operations) {
    operations.on(UpdateDocumentMetadataRequest.class, this::update);
    operations.on(ListDocumentMetadataHistoryRequest.class, this::history);
  }

  /** One entry of a version's history. */
  private record Review(
      int position,
      ReviewStatus status,
      String reviewer,
      String remark,
      Instant createdAt,
      Instant updatedAt) {}

  private UpdateDocumentMetadataResponse update(
      UpdateDocumentMetadataRequest request, Caller caller) {
    if (library.isBuiltIn(request.name())) {
      throw Problems.operation(
          "Document " + request.name() + " comes with the server and is not reviewed.");
    }
    String reviewer = caller instanceof Caller.Key one ? one.accessKeyId() : "";
    core.store().change(tx -> update(tx, request, reviewer));
    return UpdateDocumentMetadataResponse.builder().build();
  }

  private void update(Handle tx, UpdateDocumentMetadataRequest request, String reviewer) {
    table.lock(tx, request.name());
    DocumentVersion version = find(tx, request.name(), request.documentVersion());
    DocumentReviewAction action = request.documentReviews().action();
    List<Review> past = reviews(tx, version);
    boolean pending = !past.isEmpty() && past.getLast().status() == ReviewStatus.PENDING;
    if (pending == (action == DocumentReviewAction.SEND_FOR_REVIEW)) {
      throw Problems.operation(
          "Version "
              + version.version()
              + " of document "
              + version.name()
              + (pending ? " waits for a review already." : " was not sent for review."));
    }
    Instant now = core.clock().instant();
    insert(
        tx,
        version,
        new Review(
            past.size(),
            status(action),
            reviewer,
            remark(request.documentReviews().comment()),
            past.isEmpty() ? now : past.getFirst().createdAt(),
            now));
  }

  private static ReviewStatus status(DocumentReviewAction action) {
    return switch (action) {
      case APPROVE -> ReviewStatus.APPROVED;
      case REJECT -> ReviewStatus.REJECTED;
      default -> ReviewStatus.PENDING;
    };
  }

  private static String remark(List<DocumentReviewCommentSource> comments) {
    return comments.isEmpty() || comments.getFirst().content() == null
        ? ""
        : comments.getFirst().content().replace("\0", "");
  }

  private DocumentVersion find(Handle db, String name, @Nullable String version) {
    return library.find(db, name, Objects.requireNonNullElse(version, "$LATEST"), null);
  }

  private static void insert(Handle tx, DocumentVersion version, Review review) {
    tx.createUpdate(
            "INSERT INTO document_review (name, version, position, status, reviewer, remark,"
                + " created_at, updated_at) VALUES (:name, :version, :position, :status,"
                + " :reviewer, :remark, :created, :updated)")
        .bind("name", version.name())
        .bind("version", version.version())
        .bind("position", review.position())
        .bind("status", review.status().toString())
        .bind("reviewer", review.reviewer())
        .bind("remark", review.remark())
        .bind("created", review.createdAt().toEpochMilli())
        .bind("updated", review.updatedAt().toEpochMilli())
        .execute();
  }

  private static List<Review> reviews(Handle db, DocumentVersion version) {
    return db.createQuery(
            "SELECT * FROM document_review WHERE name = :name AND version = :version"
                + " ORDER BY position")
        .bind("name", version.name())
        .bind("version", version.version())
        .map(
            (row, context) ->
                new Review(
                    row.getInt("position"),
                    ReviewStatus.fromValue(row.getString("status")),
                    row.getString("reviewer"),
                    row.getString("remark"),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    Instant.ofEpochMilli(row.getLong("updated_at"))))
        .list();
  }

  private ListDocumentMetadataHistoryResponse history(
      ListDocumentMetadataHistoryRequest request, Caller caller) {
    return core.store()
        .read(
            db -> {
              DocumentVersion version = find(db, request.name(), request.documentVersion());
              Page<Review> page =
                  Pages.slice(
                      reviews(db, version),
                      review -> "%010d".formatted(review.position()),
                      request.nextToken(),
                      request.maxResults(),
                      DEFAULT_PAGE);
              return ListDocumentMetadataHistoryResponse.builder()
                  .name(version.name())
                  .documentVersion(Integer.toString(version.version()))
                  .author(core.config().account())
                  .metadata(
                      DocumentMetadataResponseInfo.builder()
                          .reviewerResponse(
                              page.items().stream().map(DocumentReviews::response).toList())
                          .build())
                  .nextToken(page.nextToken())
                  .build();
            });
  }

  private static DocumentReviewerResponseSource response(Review review) {
    DocumentReviewerResponseSource.Builder response =
        DocumentReviewerResponseSource.builder()
            .createTime(review.createdAt())
            .updatedTime(review.updatedAt())
            .reviewStatus(review.status())
            .reviewer(review.reviewer());
    if (!review.remark().isEmpty()) {
      response.comment(
          DocumentReviewCommentSource.builder()
              .type(DocumentReviewCommentType.COMMENT)
              .content(review.remark())
              .build());
    }
    return response.build();
  }
}
