package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.catalog.Catalog;
import dev.fleetmend.server.catalog.ProductOffers;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.DescribeAvailablePatchesRequest;
import software.amazon.awssdk.services.ssm.model.DescribeAvailablePatchesResponse;
import software.amazon.awssdk.services.ssm.model.Patch;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;

/** DescribeAvailablePatches: what archives offer to the products that nodes run. */
final class AvailablePatches {
  private static final int DEFAULT_PAGE = 50;
  private static final Map<String, Function<Patch, List<String>>> FIELDS =
      Map.ofEntries(
          Map.entry("PRODUCT", patch -> List.of(patch.product())),
          Map.entry("NAME", patch -> List.of(patch.name())),
          Map.entry("SEVERITY", patch -> List.of(patch.severity())),
          Map.entry("EPOCH", patch -> List.of(patch.epoch().toString())),
          Map.entry("VERSION", patch -> List.of(patch.version())),
          Map.entry("RELEASE", patch -> List.of(patch.release())),
          Map.entry("ARCH", patch -> List.of(patch.arch())),
          Map.entry("ADVISORY_ID", Patch::advisoryIds),
          Map.entry("BUGZILLA_ID", Patch::bugzillaIds),
          Map.entry("CVE_ID", Patch::cveIds),
          Map.entry("CLASSIFICATION", patch -> List.of(patch.classification())),
          Map.entry("REPOSITORY", patch -> List.of(patch.repository().split(","))),
          Map.entry(
              "SECURITY",
              patch -> List.of(patch.classification().equals("Security") ? "true" : "false")));

  /** Keys of Windows, which no patch of a Linux product has. */
  private static final List<String> WINDOWS_KEYS =
      List.of("PATCH_SET", "PRODUCT_FAMILY", "MSRC_SEVERITY", "PATCH_ID");

  private final Core core;
  private final Catalog catalog;

  AvailablePatches(Core core, Catalog catalog) {
    this.core = core;
    this.catalog = catalog;
  }

  void offer() {
    core.operations().on(DescribeAvailablePatchesRequest.class, this::describe);
  }

  private DescribeAvailablePatchesResponse describe(
      DescribeAvailablePatchesRequest request, Caller caller) {
    request.filters().forEach(AvailablePatches::check);
    List<Patch> patches =
        core.store().read(catalog::offers).stream()
            .filter(product -> isAsked(request.filters(), product.product()))
            .flatMap(AvailablePatches::patches)
            .filter(patch -> request.filters().stream().allMatch(filter -> admits(filter, patch)))
            .sorted(Comparator.comparing(CatalogPatches::key))
            .toList();
    Page<Patch> page =
        Pages.slice(
            patches, CatalogPatches::key, request.nextToken(), request.maxResults(), DEFAULT_PAGE);
    return DescribeAvailablePatchesResponse.builder()
        .patches(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static Stream<Patch> patches(ProductOffers product) {
    return product.offers().stream()
        .map(offer -> CatalogPatches.of(product.operatingSystem(), product.product(), offer));
  }

  private static boolean isAsked(List<PatchOrchestratorFilter> filters, String product) {
    return filters.stream()
        .filter(filter -> filter.key().equals("PRODUCT"))
        .allMatch(filter -> filter.values().contains(product) || filter.values().contains("*"));
  }

  private static void check(PatchOrchestratorFilter filter) {
    String key = filter.key() == null ? "" : filter.key();
    if (!FIELDS.containsKey(key) && !WINDOWS_KEYS.contains(key)) {
      throw new ApiException("ValidationException", "The filter key " + key + " is not known.");
    }
  }

  private static boolean admits(PatchOrchestratorFilter filter, Patch patch) {
    if (filter.values().contains("*")) {
      return true;
    }
    Function<Patch, List<String>> field = FIELDS.get(filter.key());
    return field != null
        && field.apply(patch).stream()
            .anyMatch(value -> filter.values().stream().anyMatch(value::equalsIgnoreCase));
  }
}
