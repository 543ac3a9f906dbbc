package dev.fleetmend.server.baseline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Page;
import dev.fleetmend.server.store.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.DescribePatchPropertiesRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchPropertiesResponse;
import software.amazon.awssdk.services.ssm.model.PatchProperty;
import software.amazon.awssdk.services.ssm.model.PatchSet;

/** DescribePatchProperties: the words that filters may use, for each operating system; data. */
final class PatchProperties {
  private static final int DEFAULT_PAGE = 50;
  private static final Set<PatchProperty> SET_BOUND =
      EnumSet.of(PatchProperty.PRODUCT, PatchProperty.PRODUCT_FAMILY);
  private static final Pattern OF_SYSTEM =
      Pattern.compile("Windows([0-9].*|Server[0-9].*)?|MicrosoftDefenderAntivirus");

  private final Map<String, Map<String, List<String>>> bySystem;

  PatchProperties() {
    try (InputStream in =
        Objects.requireNonNull(
            PatchProperties.class.getResourceAsStream("patch-properties.json"))) {
      bySystem = new ObjectMapper().readValue(in, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void offer(Operations operations) {
    operations.on(DescribePatchPropertiesRequest.class, this::describe);
  }

  private DescribePatchPropertiesResponse describe(
      DescribePatchPropertiesRequest request, Caller caller) {
    String system = request.operatingSystemAsString();
    if (request.patchSet() != null && !system.equals("WINDOWS")) {
      throw new ApiException(
          "ValidationException", "PatchSet is supported for operating system WINDOWS only.");
    }
    Map<String, List<String>> properties =
        Objects.requireNonNull(bySystem.get(system), () -> "no properties of " + system);
    List<String> values = properties.get(request.propertyAsString());
    if (values == null) {
      throw new ApiException(
          "ValidationException",
          "Property "
              + request.propertyAsString()
              + " is not supported for operating system "
              + system
              + ". Supported: "
              + properties.keySet().stream().sorted().toList());
    }
    Page<String> page =
        Pages.slice(
            values.stream().filter(value -> isOfSet(request, value)).sorted().toList(),
            value -> value,
            request.nextToken(),
            request.maxResults(),
            DEFAULT_PAGE);
    return DescribePatchPropertiesResponse.builder()
        .properties(page.items().stream().map(value -> Map.of("Name", value)).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** Products and families of Windows belong to one patch set; other properties to both. */
  private static boolean isOfSet(DescribePatchPropertiesRequest request, String value) {
    if (request.patchSet() == null || !SET_BOUND.contains(request.property())) {
      return true;
    }
    boolean ofSystem = OF_SYSTEM.matcher(value).matches();
    return ofSystem == (request.patchSet() == PatchSet.OS);
  }
}
