package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Access;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;

/** GetDocument, DescribeDocument and ListDocuments. */
public final class DocumentOperations {
  private static final int DEFAULT_PAGE = 10;
  private final Documents documents;

  public DocumentOperations(Documents documents) {
    this.documents = documents;
  }

  public void offer(Operations operations) {
    operations.on(GetDocumentRequest.class, Access.ADMINISTRATOR_OR_NODE, this::get);
    operations.on(DescribeDocumentRequest.class, Access.ADMINISTRATOR_OR_NODE, this::describe);
    operations.on(ListDocumentsRequest.class, this::list);
  }

  private GetDocumentResponse get(GetDocumentRequest request, Caller caller) {
    CommandDocument document = documents.find(request.name(), request.documentVersion());
    return GetDocumentResponse.builder()
        .name(document.name())
        .createdDate(DocumentDescriptions.CREATED)
        .documentVersion(document.version())
        .status(DocumentStatus.ACTIVE)
        .content(document.text())
        .documentType(DocumentType.COMMAND)
        .documentFormat(DocumentFormat.JSON)
        .build();
  }

  private DescribeDocumentResponse describe(DescribeDocumentRequest request, Caller caller) {
    CommandDocument document = documents.find(request.name(), request.documentVersion());
    return DescribeDocumentResponse.builder()
        .document(DocumentDescriptions.description(document))
        .build();
  }

  private ListDocumentsResponse list(ListDocumentsRequest request, Caller caller) {
    List<DocumentFilter> filters = filters(request);
    List<CommandDocument> found =
        documents.all().stream()
            .filter(document -> filters.stream().allMatch(filter -> filter.admits(document)))
            .toList();
    Page<CommandDocument> page =
        Pages.slice(
            found, CommandDocument::name, request.nextToken(), request.maxResults(), DEFAULT_PAGE);
    return ListDocumentsResponse.builder()
        .documentIdentifiers(page.items().stream().map(DocumentDescriptions::identifier).toList())
        .nextToken(page.nextToken())
        .build();
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
