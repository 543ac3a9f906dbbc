package dev.fleetmend.server.baseline;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribePatchBaselinesRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchBaselinesResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchBaselineIdentity;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;

/** DescribePatchBaselines. */
final class BaselineListing {
  private static final int DEFAULT_PAGE = 100;
  private static final Set<String> KEYS = Set.of("NAME_PREFIX", "OWNER", "OPERATING_SYSTEM");

  private final Store store;
  private final Baselines baselines;

  BaselineListing(Store store, Baselines baselines) {
    this.store = store;
    this.baselines = baselines;
  }

  void offer(Operations operations) {
    operations.on(DescribePatchBaselinesRequest.class, this::describe);
  }

  private DescribePatchBaselinesResponse describe(
      DescribePatchBaselinesRequest request, Caller caller) {
    Filters filters = new Filters(request.filters(), KEYS);
    return store.read(
        db -> {
          List<GetPatchBaselineResponse> matching =
              baselines.all(db, owner(filters)).stream()
                  .filter(b -> filters.prefix("NAME_PREFIX", b.name()))
                  .filter(b -> filters.equal("OPERATING_SYSTEM", b.operatingSystemAsString()))
                  .toList();
          Page<GetPatchBaselineResponse> page =
              Pages.slice(
                  matching,
                  GetPatchBaselineResponse::baselineId,
                  request.nextToken(),
                  request.maxResults(),
                  DEFAULT_PAGE);
          return DescribePatchBaselinesResponse.builder()
              .baselineIdentities(page.items().stream().map(b -> identity(db, b)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static @Nullable String owner(Filters filters) {
    List<String> owners = filters.values("OWNER");
    for (String owner : owners) {
      if (!Set.of("AWS", "Self", "All").contains(owner)) {
        throw new ApiException(
            "ValidationException", "OWNER must be AWS, Self or All, not " + owner + ".");
      }
    }
    return owners.isEmpty() || owners.contains("All") || owners.size() > 1
        ? null
        : owners.getFirst();
  }

  private PatchBaselineIdentity identity(Handle db, GetPatchBaselineResponse baseline) {
    return identity(baseline, baselines.isDefault(db, baseline));
  }

  static PatchBaselineIdentity identity(GetPatchBaselineResponse baseline, boolean isDefault) {
    return PatchBaselineIdentity.builder()
        .baselineId(baseline.baselineId())
        .baselineName(baseline.name())
        .operatingSystem(baseline.operatingSystemAsString())
        .baselineDescription(baseline.description())
        .defaultBaseline(isDefault)
        .build();
  }

  /** The filters of the patch operations: AND across keys, OR within values. */
  static final class Filters {
    private final List<PatchOrchestratorFilter> filters;

    /**
     * @throws ApiException ValidationException where a key is none of {@code keys}
     */
    Filters(List<PatchOrchestratorFilter> filters, Set<String> keys) {
      for (PatchOrchestratorFilter filter : filters) {
        if (filter.key() == null || !keys.contains(filter.key())) {
          throw new ApiException(
              "ValidationException",
              "Invalid filter key: "
                  + filter.key()
                  + ". Supported keys: "
                  + keys.stream().sorted().toList());
        }
      }
      this.filters = filters;
    }

    List<String> values(String key) {
      return filters.stream()
          .filter(filter -> filter.key().equals(key))
          .flatMap(filter -> filter.values().stream())
          .toList();
    }

    boolean prefix(String key, String actual) {
      List<String> values = values(key);
      return values.isEmpty() || values.stream().anyMatch(actual::startsWith);
    }

    boolean equal(String key, String actual) {
      List<String> values = values(key);
      return values.isEmpty() || values.contains(actual);
    }
  }
}
