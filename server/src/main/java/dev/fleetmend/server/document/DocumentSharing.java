package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.AccountSharingInfo;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentPermissionRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentPermissionResponse;
import software.amazon.awssdk.services.ssm.model.ModifyDocumentPermissionRequest;
import software.amazon.awssdk.services.ssm.model.ModifyDocumentPermissionResponse;

/**
 * ModifyDocumentPermission and DescribeDocumentPermission. The server has one account, so that
 * shares are kept and shown, and open nothing to anybody.
 */
final class DocumentSharing {
  private static final int DEFAULT_PAGE = 200;
  private static final String DEFAULT_VERSION = "$DEFAULT";

  private final Store store;
  private final DocumentLibrary library;
  private final DocumentTable table;
  private final ShareTable shares;
  private final DocumentLimits limits;

  DocumentSharing(
      Store store,
      DocumentLibrary library,
      DocumentTable table,
      ShareTable shares,
      DocumentLimits limits) {
    this.store = store;
    this.library = library;
    this.table = table;
    this.shares = shares;
    this.limits = limits;
  }

  void offer(Operations operations) {
    operations.on(ModifyDocumentPermissionRequest.class, this::modify);
    operations.on(DescribeDocumentPermissionRequest.class, this::describe);
  }

  private ModifyDocumentPermissionResponse modify(
      ModifyDocumentPermissionRequest request, Caller caller) {
    List<String> added = accounts(request.accountIdsToAdd());
    List<String> removed = accounts(request.accountIdsToRemove());
    if (added.isEmpty() && removed.isEmpty()) {
      throw new ApiException(
          "ValidationException", "Specify AccountIdsToAdd or AccountIdsToRemove.");
    }
    String version = Objects.requireNonNullElse(request.sharedDocumentVersion(), DEFAULT_VERSION);
    store.change(
        tx -> {
          table.lock(tx, request.name());
          added.forEach(account -> shares.put(tx, request.name(), account, version));
          removed.forEach(account -> shares.remove(tx, request.name(), account));
          requireWithinLimits(tx, request.name());
        });
    return ModifyDocumentPermissionResponse.builder().build();
  }

  private static List<String> accounts(List<String> given) {
    return given.stream().map(account -> account.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  /** Thrown in the transaction, so that nothing is changed. */
  private void requireWithinLimits(Handle tx, String name) {
    if (shares.of(tx, name).size() > limits.accounts()) {
      throw new ApiException(
          "DocumentPermissionLimit",
          "A document can be shared with at most " + limits.accounts() + " accounts.");
    }
    if (shares.publicDocuments(tx) > limits.publicDocuments()) {
      throw new ApiException(
          "DocumentPermissionLimit",
          "At most " + limits.publicDocuments() + " documents can be shared publicly.");
    }
  }

  private DescribeDocumentPermissionResponse describe(
      DescribeDocumentPermissionRequest request, Caller caller) {
    if (library.isBuiltIn(request.name())) {
      throw Problems.operation(
          "Document " + request.name() + " comes with the server and is not shared.");
    }
    List<Map.Entry<String, String>> all =
        store.read(
            db -> {
              library.versions(db, request.name());
              return List.copyOf(shares.of(db, request.name()).entrySet());
            });
    Page<Map.Entry<String, String>> page =
        Pages.slice(
            all, Map.Entry::getKey, request.nextToken(), request.maxResults(), DEFAULT_PAGE);
    return DescribeDocumentPermissionResponse.builder()
        .accountIds(page.items().stream().map(Map.Entry::getKey).toList())
        .accountSharingInfoList(
            page.items().stream()
                .map(
                    share ->
                        AccountSharingInfo.builder()
                            .accountId(share.getKey())
                            .sharedDocumentVersion(share.getValue())
                            .build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }
}
