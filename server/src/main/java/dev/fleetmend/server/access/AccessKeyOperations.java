package dev.fleetmend.server.access;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.time.Clock;
import java.util.regex.Pattern;

/** {@code Fleetmend.CreateAccessKey}, {@code ListAccessKeys} and {@code RevokeAccessKey}. */
public final class AccessKeyOperations {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_.@/+=-][A-Za-z0-9_.@/+= -]{0,63}");
  private static final int MOST = 100;

  private final Store store;
  private final AccessKeys keys;
  private final AccessKeyTable table;

  public AccessKeyOperations(Store store, AccessKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.table = new AccessKeyTable(clock);
  }

  public void offer(Operations operations) {
    operations.on("Fleetmend.CreateAccessKey", CreateAccessKeyRequest.class, this::create);
    operations.on("Fleetmend.ListAccessKeys", ListAccessKeysRequest.class, this::list);
    operations.on("Fleetmend.RevokeAccessKey", RevokeAccessKeyRequest.class, this::revoke);
  }

  private CreateAccessKeyResponse create(CreateAccessKeyRequest request, Caller caller) {
    Role role =
        Role.of(request.role())
            .orElseThrow(() -> invalid("Role must be one of admin, operator, viewer"));
    requireName(request.name());
    String by = caller instanceof Caller.Key key ? key.accessKeyId() : "";
    return store.write(
        tx -> {
          AccessKey key = keys.create(tx, role, request.name(), by);
          return new CreateAccessKeyResponse(key.id(), key.secret(), role.text(), request.name());
        });
  }

  /**
   * Judges what an owner wants to call a key.
   *
   * @throws ApiException ValidationException where a key can't be called so
   */
  public static void requireName(String name) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw invalid("Name must be up to 64 letters, digits, spaces and _.@/+=-");
    }
  }

  private ListAccessKeysResponse list(ListAccessKeysRequest request, Caller caller) {
    if (request.maxResults() < 0 || request.maxResults() > MOST) {
      throw invalid("MaxResults must be between 1 and " + MOST);
    }
    Page<AccessKeySummary> page =
        Pages.slice(
            store.read(db -> table.all(db, request.includeRevoked())),
            AccessKeySummary::accessKeyId,
            request.nextToken(),
            request.maxResults() == 0 ? null : request.maxResults(),
            MOST);
    return new ListAccessKeysResponse(page.items(), page.nextToken());
  }

  private RevokeAccessKeyResponse revoke(RevokeAccessKeyRequest request, Caller caller) {
    return store.write(tx -> new RevokeAccessKeyResponse(table.revoke(tx, request.accessKeyId())));
  }

  private static ApiException invalid(String message) {
    return new ApiException("ValidationException", message + ".");
  }
}
