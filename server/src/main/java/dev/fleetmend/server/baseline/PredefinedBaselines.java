package dev.fleetmend.server.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.api.AwsJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;

/**
 * The 17 baselines that are there from the start, named and numbered as in AWS's us-east-1. They
 * are known by ARN, can be read and chosen, and never changed.
 */
final class PredefinedBaselines {
  /** The account that owns them. */
  private static final String OWNER = "075727635805";

  private final Map<String, GetPatchBaselineResponse> byArn = new LinkedHashMap<>();
  private final Map<String, String> defaultArn = new LinkedHashMap<>();

  PredefinedBaselines(String region, AwsJson json) {
    String prefix = "arn:aws:ssm:" + region + ":" + OWNER + ":patchbaseline/";
    for (JsonNode entry : read()) {
      GetPatchBaselineResponse baseline =
          json.read(entry.get("Baseline"), GetPatchBaselineResponse.class);
      String arn = prefix + baseline.baselineId();
      byArn.put(
          arn,
          baseline.toBuilder()
              .baselineId(arn)
              .createdDate(Instant.EPOCH)
              .modifiedDate(Instant.EPOCH)
              .build());
      if (entry.get("Default").booleanValue()) {
        defaultArn.put(baseline.operatingSystemAsString(), arn);
      }
    }
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(
            PredefinedBaselines.class.getResourceAsStream("predefined-baselines.json"))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable GetPatchBaselineResponse find(String arn) {
    return byArn.get(arn);
  }

  /** The ARN of an operating system's predefined default; every one has it. */
  String defaultFor(String operatingSystem) {
    return Objects.requireNonNull(defaultArn.get(operatingSystem), operatingSystem);
  }

  Map<String, GetPatchBaselineResponse> all() {
    return byArn;
  }
}
