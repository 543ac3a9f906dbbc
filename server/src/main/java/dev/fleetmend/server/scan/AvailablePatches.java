package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.fact.UpdateDetails;
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
import org.jspecify.annotations.Nullable;
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
          Map.entry("NAME", patch -> ofNullable(patch.name())),
          Map.entry("SEVERITY", patch -> ofNullable(patch.severity())),
          Map.entry("EPOCH", patch -> ofNullable(patch.epoch())),
          Map.entry("VERSION", patch -> ofNullable(patch.version())),
          Map.entry("RELEASE", patch -> ofNullable(patch.release())),
          Map.entry("ARCH", patch -> ofNullable(patch.arch())),
          Map.entry("ADVISORY_ID", Patch::advisoryIds),
          Map.entry("BUGZILLA_ID", Patch::bugzillaIds),
          Map.entry("CVE_ID", Patch::cveIds),
          Map.entry("CLASSIFICATION", patch -> List.of(patch.classification())),
          Map.entry("REPOSITORY", AvailablePatches::repositories),
          Map.entry("PRODUCT_FAMILY", patch -> ofNullable(patch.productFamily())),
          Map.entry("MSRC_SEVERITY", patch -> ofNullable(patch.msrcSeverity())),
          Map.entry("PATCH_ID", AvailablePatches::ids),
          Map.entry(
              "SECURITY",
              patch -> List.of(patch.classification().equals("Security") ? "true" : "false")));

  private static final String PATCH_SET = "PATCH_SET";

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
            .filter(product -> isAsked(request.filters(), product))
            .flatMap(product -> patches(product, request.filters()))
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

  private static Stream<Patch> patches(
      ProductOffers product, List<PatchOrchestratorFilter> filters) {
    return product.offers().stream()
        .filter(offer -> isOfSet(filters, offer.update()))
        .map(offer -> CatalogPatches.of(product.operatingSystem(), product.product(), offer));
  }

  /** A host's updates may be for other products than the host's own; packages are for its own. */
  private static boolean isAsked(List<PatchOrchestratorFilter> filters, ProductOffers product) {
    return product.offers().stream().anyMatch(offer -> offer.update() != null)
        || filters.stream()
            .filter(filter -> filter.key().equals("PRODUCT"))
            .allMatch(
                filter ->
                    filter.values().contains(product.product()) || filter.values().contains("*"));
  }

  /** What names no set is about the operating system. */
  private static boolean isOfSet(
      List<PatchOrchestratorFilter> filters, @Nullable UpdateDetails update) {
    List<String> asked =
        filters.stream()
            .filter(filter -> filter.key().equals(PATCH_SET))
            .flatMap(filter -> filter.values().stream())
            .toList();
    return update == null
        ? asked.isEmpty()
        : asked.contains("*")
            || (asked.isEmpty() ? List.of("OS") : asked).contains(update.patchSet());
  }

  private static List<String> repositories(Patch patch) {
    return patch.repository() == null ? List.of() : List.of(patch.repository().split(","));
  }

  private static List<String> ids(Patch patch) {
    return Stream.concat(ofNullable(patch.kbNumber()).stream(), ofNullable(patch.id()).stream())
        .toList();
  }

  private static List<String> ofNullable(@Nullable Object value) {
    return value == null ? List.of() : List.of(value.toString());
  }

  private static void check(PatchOrchestratorFilter filter) {
    String key = filter.key() == null ? "" : filter.key();
    if (!FIELDS.containsKey(key) && !key.equals(PATCH_SET)) {
      throw new ApiException("ValidationException", "The filter key " + key + " is not known.");
    }
  }

  private static boolean admits(PatchOrchestratorFilter filter, Patch patch) {
    if (filter.values().contains("*") || filter.key().equals(PATCH_SET)) {
      return true;
    }
    Function<Patch, List<String>> field = FIELDS.get(filter.key());
    return field != null
        && field.apply(patch).stream()
            .anyMatch(value -> filter.values().stream().anyMatch(value::equalsIgnoreCase));
  }
}
