package dev.fleetmend.server.activation;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Ids;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tag.TagDirectory;
import dev.fleetmend.server.tag.TagOperations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.Activation;
import software.amazon.awssdk.services.ssm.model.CreateActivationRequest;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.DeleteActivationRequest;
import software.amazon.awssdk.services.ssm.model.DeleteActivationResponse;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsFilter;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** CreateActivation, DescribeActivations, DeleteActivation. */
public final class ActivationOperations {
  private static final Duration DEFAULT_LIFE = Duration.ofHours(24);
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);
  private static final int DEFAULT_PAGE = 50;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Store store;
  private final Clock clock;
  private final Ids ids;
  private final TagDirectory tags;
  private final ActivationCodes codes = new ActivationCodes();
  private final ActivationRows rows = new ActivationRows();

  public ActivationOperations(Store store, Clock clock, Ids ids, TagDirectory tags) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.tags = tags;
  }

  public void offer(Operations operations) {
    operations.on(CreateActivationRequest.class, this::create);
    operations.on(DescribeActivationsRequest.class, this::describe);
    operations.on(DeleteActivationRequest.class, this::delete);
  }

  private CreateActivationResponse create(CreateActivationRequest request, Caller caller) {
    Instant now = clock.instant();
    Instant expires =
        request.expirationDate() == null ? now.plus(DEFAULT_LIFE) : request.expirationDate();
    if (request.iamRole().isEmpty()) {
      throw new ApiException(
          "ValidationException",
          "1 validation error detected: Value '' at 'iamRole' failed to satisfy constraint: Member"
              + " must have length greater than or equal to 1");
    }
    if (!expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_LIFE))) {
      throw new ApiException(
          "InvalidParameters", "ExpirationDate must lie in the future, at most 30 days away.");
    }
    Map<String, String> tagged = TagOperations.asMap(request.tags());
    String code = codes.create();
    StoredActivation activation =
        new StoredActivation(
            ids.uuid(),
            ActivationCodes.hash(code),
            request.description(),
            request.defaultInstanceName(),
            request.iamRole(),
            request.registrationLimit() == null ? 1 : request.registrationLimit(),
            0,
            now,
            expires);
    return store.write(
        tx -> {
          rows.insert(tx, activation);
          tags.put(tx, Registrations.TAGS, activation.id(), tagged);
          return CreateActivationResponse.builder()
              .activationId(activation.id())
              .activationCode(code)
              .build();
        });
  }

  private DescribeActivationsResponse describe(DescribeActivationsRequest request, Caller caller) {
    List<StoredActivation> all =
        store.read(rows::all).stream()
            .filter(a -> request.filters().stream().allMatch(filter -> admits(filter, a)))
            .toList();
    Page<StoredActivation> page =
        Pages.slice(
            all,
            ActivationOperations::key,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return DescribeActivationsResponse.builder()
        .activationList(page.items().stream().map(this::shown).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static String key(StoredActivation activation) {
    return "%016x%s".formatted(activation.createdAt().toEpochMilli(), activation.id());
  }

  private static boolean admits(DescribeActivationsFilter filter, StoredActivation activation) {
    return switch (filter.filterKey()) {
      case ACTIVATION_IDS -> filter.filterValues().contains(activation.id());
      case DEFAULT_INSTANCE_NAME ->
          activation.defaultInstanceName() != null
              && filter.filterValues().contains(activation.defaultInstanceName());
      case IAM_ROLE -> filter.filterValues().contains(activation.iamRole());
      case null, default -> throw new ApiException("InvalidFilter", "The filter key is not valid.");
    };
  }

  private Activation shown(StoredActivation activation) {
    return Activation.builder()
        .activationId(activation.id())
        .description(activation.description())
        .defaultInstanceName(activation.defaultInstanceName())
        .iamRole(activation.iamRole())
        .registrationLimit(activation.registrationLimit())
        .registrationsCount(activation.registrations())
        .expirationDate(activation.expiresAt())
        .expired(activation.expired(clock.instant()))
        .createdDate(activation.createdAt())
        .tags(
            tags.of(Registrations.TAGS, activation.id()).entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private DeleteActivationResponse delete(DeleteActivationRequest request, Caller caller) {
    String id = request.activationId();
    if (!ID.matcher(id).matches()) {
      throw new ApiException("InvalidActivationId", "The activation ID " + id + " is not valid.");
    }
    store.change(
        tx -> {
          if (!rows.delete(tx, id)) {
            throw new ApiException("InvalidActivation", "Activation " + id + " does not exist.");
          }
          tags.forget(tx, Registrations.TAGS, id);
        });
    return DeleteActivationResponse.builder().build();
  }
}
