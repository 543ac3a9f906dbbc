package dev.fleetmend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkField;

class ServiceModelTest {
  private static final ServiceModel MODEL = ServiceModel.load();
  private final AwsJson json = new AwsJson();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CreatePatchBaseline|{}|Value null at 'name' failed to satisfy constraint: Member must not be null
          CreatePatchBaseline|{"Name":null}|Value null at 'name' failed to satisfy constraint: Member must not be null
          CreatePatchBaseline|{"Name":"a b c"}|Value 'a b c' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.]{3,128}$
          CreatePatchBaseline|{"Name":"abc","OperatingSystem":"BEOS"}|Value 'BEOS' at 'operatingSystem' failed to satisfy constraint: Member must satisfy enum value set: [WINDOWS, AMAZON_LINUX, AMAZON_LINUX_2, AMAZON_LINUX_2022, UBUNTU, REDHAT_ENTERPRISE_LINUX, SUSE, CENTOS, ORACLE_LINUX, DEBIAN, MACOS, RASPBIAN, ROCKY_LINUX, ALMA_LINUX, AMAZON_LINUX_2023]
          CreatePatchBaseline|{"Name":"abc","Description":""}|Value '' at 'description' failed to satisfy constraint: Member must have length greater than or equal to 1
          CreatePatchBaseline|{"Name":"abc","RejectedPatches":["ok",""]}|Value '[ok, ]' at 'rejectedPatches' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 100, Member must have length greater than or equal to 1]
          CreatePatchBaseline|{"Name":"abc","AvailableSecurityUpdatesComplianceStatus":"x"}|Value 'x' at 'availableSecurityUpdatesComplianceStatus' failed to satisfy constraint: Member must satisfy enum value set: [COMPLIANT, NON_COMPLIANT]
          CreatePatchBaseline|{"Name":"abc","ApprovalRules":{"PatchRules":[{"PatchFilterGroup":{"PatchFilters":[]},"ApproveAfterDays":361}]}}|Value '361' at 'approvalRules.patchRules.1.member.approveAfterDays' failed to satisfy constraint: Member must have value less than or equal to 360
          CreatePatchBaseline|{"Name":"abc","ApprovalRules":{"PatchRules":[{"PatchFilterGroup":{"PatchFilters":[{"Key":"PRODUCT"}]}}]}}|Value null at 'approvalRules.patchRules.1.member.patchFilterGroup.patchFilters.1.member.values' failed to satisfy constraint: Member must not be null
          CreatePatchBaseline|{"Name":"abc","Sources":[{"Name":"s1s","Products":["*"],"Configuration":""}]}|Value at 'sources.1.member.configuration' failed to satisfy constraint: Member must have length greater than or equal to 1
          DescribePatchBaselines|{"MaxResults":0}|Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1
          SendCommand|{"DocumentName":"AWS-RunPatchBaseline","InstanceIds":["mi-1"]}|Value '[mi-1]' at 'instanceIds' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy regular expression pattern: (^i-(\\w{8}@\\w{17})$)@(^mi-\\w{17}$)]
          """)
  void aViolationIsWordedAsAwsDoes(String operation, String body, String sentence) {
    assertThatThrownBy(() -> MODEL.validate(operation, parse(body)))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo("ValidationException");
              assertThat(e.text())
                  .isEqualTo("1 validation error detected: " + sentence.replace('@', '|'));
            });
  }

  @Test
  void allViolationsAreCountedAndNamed() {
    assertThatThrownBy(
            () -> MODEL.validate("GetPatchBaseline", parse("{\"BaselineId\":\"short !\"}")))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.text())
                    .startsWith("2 validation errors detected: Value 'short !' at 'baselineId'")
                    .contains("length greater than or equal to 20; Value 'short !'"));
  }

  @Test
  void anEchoedValueIsCutShort() {
    String name = "x ".repeat(100_000);
    assertThatThrownBy(
            () -> MODEL.validate("CreatePatchBaseline", parse("{\"Name\":\"" + name + "\"}")))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.text().length()).isLessThan(3_000));
  }

  @Test
  void aGoodRequestPassesWithUnknownMembersInIt() {
    assertThatCode(
            () ->
                MODEL.validate(
                    "CreatePatchBaseline",
                    parse("{\"Name\":\"web-servers\",\"Later\":{\"a\":[]}}")))
        .doesNotThrowAnyException();
  }

  @Test
  void lengthsCountCharactersNotUtf16Units() {
    String text = "\ud83d\ude00".repeat(1024);
    assertThatCode(
            () ->
                MODEL.validate(
                    "CreatePatchBaseline",
                    parse("{\"Name\":\"abc\",\"Description\":\"" + text + "\"}")))
        .doesNotThrowAnyException();
  }

  /** The SDK is newer than the published model; whoever raises its version extends the overlay. */
  @Test
  void everyOperationAndMemberOfTheSdkHasItsConstraints() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : new OperationTable().all()) {
      if (!MODEL.knows(operation.name())) {
        missing.add(operation.name());
        continue;
      }
      for (SdkField<?> field : operation.requestBuilder().sdkFields()) {
        if (!MODEL.knows(operation.name(), field.locationName())) {
          missing.add(operation.name() + "." + field.locationName());
        }
      }
    }
    assertThat(missing)
        .as("published without constraints, and not offered by this server")
        .containsExactlyInAnyOrder(
            "CreateCloudConnector",
            "DeleteCloudConnector",
            "DeleteResourcePolicy.DeletionMode",
            "GetCloudConnector",
            "ListCloudConnectors",
            "UpdateCloudConnector",
            "ValidateCloudConnector");
  }

  private ObjectNode parse(String body) {
    return json.parse(body.getBytes(StandardCharsets.UTF_8));
  }
}
