package dev.fleetmend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ssm.model.BaselineOverride;
import software.amazon.awssdk.services.ssm.model.CreateActivationRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.RegisterTaskWithMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

class AwsJsonTest {
  private final AwsJson json = new AwsJson();

  private <T extends SdkPojo> T read(String text, Class<T> type) {
    return json.read(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private String write(SdkPojo structure) {
    return new String(json.write(structure), StandardCharsets.UTF_8);
  }

  @Test
  void aNestedRequestIsReadAsTheSdkHoldsIt() {
    CreatePatchBaselineRequest request =
        read(
            """
            {"Name":"web","ApprovedPatches":["bash"],"Unknown":{"x":[1]},"Description":null,
             "ApprovalRules":{"PatchRules":[{"ApproveAfterDays":7,"PatchFilterGroup":
               {"PatchFilters":[{"Key":"PRIORITY","Values":["Required"]}]}}]}}""",
            CreatePatchBaselineRequest.class);

    assertThat(request.name()).isEqualTo("web");
    assertThat(request.description()).isNull();
    assertThat(request.hasRejectedPatches()).isFalse();
    assertThat(request.approvalRules().patchRules().getFirst().approveAfterDays()).isEqualTo(7);
    assertThat(
            request
                .approvalRules()
                .patchRules()
                .getFirst()
                .patchFilterGroup()
                .patchFilters()
                .getFirst()
                .values())
        .containsExactly("Required");
  }

  @Test
  void mapsOfListsAndBlobsAreRead() {
    assertThat(
            read("{\"Parameters\":{\"Operation\":[\"Scan\"]}}", SendCommandRequest.class)
                .parameters())
        .isEqualTo(Map.of("Operation", List.of("Scan")));
    assertThat(
            read(
                    "{\"TaskInvocationParameters\":{\"Lambda\":{\"Payload\":\"aGk=\"}}}",
                    RegisterTaskWithMaintenanceWindowRequest.class)
                .taskInvocationParameters()
                .lambda()
                .payload()
                .asUtf8String())
        .isEqualTo("hi");
  }

  @Test
  void timesAreNumbersOrIsoText() {
    Instant time = Instant.parse("2026-11-23T10:00:00.250Z");
    for (String form :
        List.of(
            "1795428000.25", "\"2026-11-23T10:00:00.250Z\"", "\"2026-11-23T11:00:00.250+01:00\"")) {
      assertThat(
              read("{\"ExpirationDate\":" + form + "}", CreateActivationRequest.class)
                  .expirationDate())
          .isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Name\":1}",
        "{\"Name\":{}}",
        "{\"ApprovedPatches\":\"bash\"}",
        "{\"ApprovedPatches\":[[]]}",
        "{\"ApprovalRules\":[]}",
        "{\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":\"7\"}]}}",
        "{\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":7.5}]}}",
        "{\"ApprovalRules\":{\"PatchRules\":[{\"ApproveAfterDays\":99999999999}]}}",
        "{\"ApprovedPatchesEnableNonSecurity\":\"true\"}",
        "[]",
        "null",
        "\"x\"",
        "{\"Name\":\"a\"} {}",
        "{\"Name\":\"a\",\"Name\":\"b\"}",
        "{\"Name\"",
        "\u0000",
      })
  void whatDoesNotFitIsRefused(String body) {
    refused(body, CreatePatchBaselineRequest.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "1e999999999",
        "-1e30",
        "\"yesterday\"",
        "true",
        "{}",
        "99999999999999999999"
      })
  void timesOutOfTheCalendarAreRefused(String time) {
    refused("{\"ExpirationDate\":" + time + "}", CreateActivationRequest.class);
  }

  @Test
  void aBlobThatIsNotBase64IsRefused() {
    refused(
        "{\"TaskInvocationParameters\":{\"Lambda\":{\"Payload\":\"***\"}}}",
        RegisterTaskWithMaintenanceWindowRequest.class);
  }

  @Test
  void deepInputIsRefused() {
    refused("{\"x\":" + "[".repeat(100_000), CreatePatchBaselineRequest.class);
    refused(
        "{\"x\":" + "[".repeat(200) + "]".repeat(200) + "}", CreateResourceDataSyncRequest.class);
  }

  private void refused(String body, Class<? extends SdkPojo> type) {
    assertThatThrownBy(() -> read(body, type))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo("SerializationException");
              assertThat(e.status()).isEqualTo(400);
            });
  }

  @Test
  void emptyMembersThatWereSetAreWrittenAndThoseThatWereNotAreLeftOut() {
    GetPatchBaselineResponse response =
        GetPatchBaselineResponse.builder()
            .baselineId("pb-1")
            .globalFilters(PatchFilterGroup.builder().patchFilters(List.of()).build())
            .approvalRules(PatchRuleGroup.builder().build())
            .approvedPatches(List.of())
            .build();
    assertThat(write(response))
        .isEqualTo(
            """
            {"BaselineId":"pb-1","GlobalFilters":{"PatchFilters":[]},"ApprovalRules":{},\
            "ApprovedPatches":[]}""");
  }

  @Test
  void timesAreWrittenInPlainSeconds() {
    for (Map.Entry<String, String> time :
        Map.of(
                "2026-11-23T10:00:00.250Z", "1795428000.25",
                "2033-05-18T03:33:20Z", "2000000000",
                "1970-01-01T00:00:00Z", "0")
            .entrySet()) {
      assertThat(
              write(
                  GetPatchBaselineResponse.builder()
                      .createdDate(Instant.parse(time.getKey()))
                      .build()))
          .isEqualTo("{\"CreatedDate\":" + time.getValue() + "}");
    }
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    BaselineOverride override =
        BaselineOverride.builder()
            .operatingSystem("DEBIAN")
            .approvedPatches("bash", "\u0001 \"quoted\" \ud83d\ude00")
            .approvedPatchesEnableNonSecurity(true)
            .build();
    assertThat(json.read(json.write(override), BaselineOverride.class)).isEqualTo(override);
  }

  @Test
  void anErrorHasItsTextUnderBothSpellings() {
    assertThat(new String(json.error("X", "a \"b\""), StandardCharsets.UTF_8))
        .isEqualTo("{\"__type\":\"X\",\"message\":\"a \\\"b\\\"\",\"Message\":\"a \\\"b\\\"\"}");
  }
}
