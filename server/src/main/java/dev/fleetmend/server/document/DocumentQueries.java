package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentVersionsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentVersionsResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;

/** GetDocument, DescribeDocument, ListDocuments and ListDocumentVersions. */
final class DocumentQueries {
  private static final int DEFAULT_PAGE = 10;
  private final Store store;
  private final DocumentLibrary library;
  private final DocumentContents contents;
  private final DocumentViews views;
  private final TagDirectory tags;
  private final DocumentNeed need;

  /**
   * Over a library of documents.
   *
   * @param need why a node may read one
   */
  DocumentQueries(
      Store store,
      DocumentLibrary library,
      DocumentContents contents,
      DocumentViews views,
      TagDirectory tags,
      DocumentNeed need) {
    this.store = store;
    this.library = library;
    this.contents = contents;
    this.views = views;
    this.tags = tags;
    this.need = need;
  }

  void offer(Operations operations) {
    operations.on(GetDocumentRequest.class, this::get);
    operations.on(DescribeDocumentRequest.class, this::describe);
    operations.on(ListDocumentsRequest.class, this::list);
    operations.on(ListDocumentVersionsRequest.class, this::versions);
  }

  private GetDocumentResponse get(GetDocumentRequest request, Caller caller) {
    DocumentVersion document =
        store.read(
            db -> {
              requireNeed(db, request.name(), caller);
              return library.find(
                  db, request.name(), request.documentVersion(), request.versionName());
            });
    DocumentFormat format =
        request.documentFormat() == null || request.documentFormat() == DocumentFormat.TEXT
            ? document.format()
            : request.documentFormat();
    return GetDocumentResponse.builder()
        .name(document.name())
        .createdDate(document.createdAt())
        .displayName(document.displayName())
        .versionName(document.versionName())
        .documentVersion(Integer.toString(document.version()))
        .status(DocumentStatus.ACTIVE)
        .content(contents.text(document, format))
        .documentType(document.type())
        .documentFormat(format)
        .build();
  }

  private void requireNeed(Handle db, String nameOrArn, Caller caller) {
    if (caller instanceof Caller.Node node
        && !need.needs(db, node.instanceId(), DocumentLibrary.name(nameOrArn))) {
      throw new ApiException(
          "AccessDeniedException", "Nothing has the managed node run the document.");
    }
  }

  private DescribeDocumentResponse describe(DescribeDocumentRequest request, Caller caller) {
    return store.read(
        db -> {
          DocumentVersion document =
              library.find(db, request.name(), request.documentVersion(), request.versionName());
          return DescribeDocumentResponse.builder()
              .document(views.description(document, tagsOf(db, document)))
              .build();
        });
  }

  private ListDocumentsResponse list(ListDocumentsRequest request, Caller caller) {
    List<DocumentFilter> filters = filters(request);
    return store.read(
        db -> {
          List<DocumentVersion> found =
              library.all(db).stream().filter(document -> admitted(db, document, filters)).toList();
          Page<DocumentVersion> page =
              Pages.slice(
                  found,
                  DocumentVersion::name,
                  request.nextToken(),
                  request.maxResults(),
                  DEFAULT_PAGE);
          return ListDocumentsResponse.builder()
              .documentIdentifiers(
                  page.items().stream()
                      .map(document -> views.identifier(document, tagsOf(db, document)))
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private boolean admitted(Handle db, DocumentVersion document, List<DocumentFilter> filters) {
    return filters.stream()
        .allMatch(
            filter -> filter.admits(document, filter.isOfTags() ? tagsOf(db, document) : Map.of()));
  }

  private Map<String, String> tagsOf(Handle db, DocumentVersion document) {
    return document.builtIn() ? Map.of() : tags.of(db, DocumentCapability.TAGGED, document.name());
  }

  private ListDocumentVersionsResponse versions(
      ListDocumentVersionsRequest request, Caller caller) {
    List<DocumentVersion> versions = store.read(db -> library.versions(db, request.name()));
    Page<DocumentVersion> page =
        Pages.slice(
            versions.reversed(),
            DocumentQueries::newestFirst,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return ListDocumentVersionsResponse.builder()
        .documentVersions(page.items().stream().map(views::version).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** A key that is the smaller, the newer a version is. */
  private static String newestFirst(DocumentVersion version) {
    return "%010d".formatted(Integer.MAX_VALUE - version.version());
  }

  private static List<DocumentFilter> filters(ListDocumentsRequest request) {
    if (!request.documentFilterList().isEmpty() && !request.filters().isEmpty()) {
      throw new ApiException(
          "ValidationException", "Use either DocumentFilterList or Filters, not both.");
    }
    List<DocumentFilter> filters = new ArrayList<>();
    request
        .documentFilterList()
        .forEach(
            filter ->
                filters.add(
                    new DocumentFilter(
                        Objects.requireNonNull(filter.keyAsString()), List.of(filter.value()))));
    request
        .filters()
        .forEach(filter -> filters.add(new DocumentFilter(filter.key(), filter.values())));
    return filters;
  }
}
