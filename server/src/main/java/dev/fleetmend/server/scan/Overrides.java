package dev.fleetmend.server.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.api.Structures;
import dev.fleetmend.patching.decision.InstallOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/**
 * The texts that a patch command may bring along: BaselineOverride, a JSON array of baselines as
 * GetPatchBaseline prints them, and InstallOverrideList, YAML.
 */
final class Overrides {
  private static final Pattern TAGS = Pattern.compile("Key=([^,]{1,128}),Values=([^,]{0,256})");
  private static final int LONGEST = 1_000_000;
  private static final int MOST_PATCHES = 10_000;
  private final ObjectMapper json = new ObjectMapper();
  private final YAMLMapper yaml = new YAMLMapper();
  private final AwsJson aws;

  Overrides(AwsJson aws) {
    this.aws = aws;
  }

  /**
   * The baseline for an operating system.
   *
   * @throws ApiException ValidationException where the text is no such array, or has none for it
   */
  GetPatchBaselineResponse baseline(String text, String operatingSystem) {
    JsonNode baselines = tree(json, text, "BaselineOverride");
    if (!baselines.isArray()) {
      throw refused("BaselineOverride must be a JSON array of patch baselines");
    }
    for (JsonNode element : baselines) {
      if (element.path("OperatingSystem").asText("WINDOWS").equals(operatingSystem)) {
        return complete(aws.read(element, GetPatchBaselineResponse.class));
      }
    }
    throw refused("BaselineOverride has no baseline for " + operatingSystem);
  }

  /** What a baseline is to be found by. */
  record Tag(String key, String value) {}

  /**
   * The tag that stands in place of an override, or null where the text is an override itself.
   *
   * @throws ApiException ValidationException where it is neither
   */
  @Nullable Tag tag(String text) {
    JsonNode given = tree(json, text, "BaselineOverride");
    if (!given.isObject()) {
      return null;
    }
    Matcher parts = TAGS.matcher(given.path("BaselineTags").asText());
    if (!parts.matches()) {
      throw refused("BaselineTags must be Key=name,Values=value");
    }
    return new Tag(parts.group(1), parts.group(2));
  }

  /** A baseline of another structure of the API, with what it leaves out. */
  static GetPatchBaselineResponse complete(SdkPojo baseline) {
    GetPatchBaselineResponse given =
        Structures.copy(baseline, GetPatchBaselineResponse.builder()).build();
    return OverrideDefaults.complete(given);
  }

  /**
   * The patches of an InstallOverrideList.
   *
   * @throws ApiException ValidationException where the text is no such list
   */
  List<InstallOverride> patches(String text) {
    JsonNode patches = tree(yaml, text, "InstallOverrideList").path("patches");
    if (!patches.isArray() || patches.size() > MOST_PATCHES) {
      throw refused("InstallOverrideList must have a list `patches` of at most " + MOST_PATCHES);
    }
    List<InstallOverride> overrides = new ArrayList<>();
    for (JsonNode patch : patches) {
      String id = text(patch, "id");
      if (id == null) {
        throw refused("entry " + (overrides.size() + 1) + " of InstallOverrideList has no `id`");
      }
      overrides.add(new InstallOverride(id, text(patch, "title")));
    }
    return overrides;
  }

  private static @Nullable String text(JsonNode patch, String name) {
    JsonNode value = patch.path(name);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText().strip()
        : null;
  }

  private static JsonNode tree(ObjectMapper mapper, String text, String name) {
    if (text.length() > LONGEST) {
      throw refused(name + " is longer than " + LONGEST + " characters");
    }
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw refused(name + " cannot be read: " + e.getOriginalMessage());
    }
  }

  private static ApiException refused(String message) {
    return new ApiException("ValidationException", message + ".");
  }
}
