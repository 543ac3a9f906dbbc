package dev.fleetmend.cli.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.CannedApi;
import dev.fleetmend.cli.print.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SsmCallTest {
  private static final String NODES =
      """
      {"InstanceInformationList":[{"InstanceId":"mi-1"},{"InstanceId":"mi-2"}]}""";
  private static final String STATES =
      """
      {"InstancePatchStates":[
        {"InstanceId":"mi-1","PatchGroup":"group 1","BaselineId":"pb-1","FailedCount":0,
         "InstalledCount":200,"MissingCount":3,"OperationEndTime":1700000000.5},
        {"InstanceId":"mi-2","PatchGroup":"","BaselineId":"pb-1","FailedCount":1,
         "InstalledCount":199,"MissingCount":4,"OperationEndTime":1700000000.5}]}""";

  private final CannedApi api =
      new CannedApi()
          .answer("AmazonSSM.DescribeInstanceInformation", NODES)
          .answer("AmazonSSM.DescribeInstancePatchStates", STATES);

  /** The article's line, as it stands in report.sh. */
  private static final String ARTICLE =
      "instancepatchstates[*].{instanceid: instanceid, patchgroup: patchgroup, patchbaselineid:"
          + " patchbaselineid, failedcount: failedcount, installedcount: installedcount,"
          + " missingcount: missingcount}";

  @Test
  void theArticlesReportHasOneRowANode() {
    JsonNode answer =
        new SsmCall("describe-instance-patch-states", List.of(), ARTICLE, true).ask(api);
    assertThat(api.asked())
        .contains("AmazonSSM.DescribeInstancePatchStates {\"InstanceIds\":[\"mi-1\",\"mi-2\"]}");
    String first =
        "{\"instanceid\": \"mi-1\", \"patchgroup\": \"group 1\", \"patchbaselineid\": \"pb-1\","
            + " \"failedcount\": 0, \"installedcount\": 200, \"missingcount\": 3}";
    assertThat(Answer.JSON.print(answer).lines()).hasSize(4).element(1).asString().contains(first);
    assertThat(Answer.TABLE.print(answer))
        .isEqualTo(
            """
            instanceid  patchgroup  patchbaselineid  failedcount  installedcount  missingcount
            mi-1        group 1     pb-1             0            200             3
            mi-2                    pb-1             1            199             4
            """);
    assertThat(Answer.TEXT.print(answer)).startsWith("mi-1\tgroup 1\tpb-1\t0\t200\t3\n");
  }

  @Test
  void timesAreShownAsDates() {
    JsonNode answer = new SsmCall("describe-instance-patch-states", List.of(), null, true).ask(api);
    assertThat(answer.at("/InstancePatchStates/0/OperationEndTime").asText())
        .isEqualTo("2023-11-14T22:13:20.500Z");
  }

  @Test
  void allPagesAreOneAnswer() {
    CannedApi pages =
        new CannedApi()
            .answer(
                "AmazonSSM.DescribePatchGroups",
                "{\"Mappings\":[{\"PatchGroup\":\"a\"}],\"NextToken\":\"t\"}")
            .answer("AmazonSSM.DescribePatchGroups", "{\"Mappings\":[{\"PatchGroup\":\"b\"}]}");
    assertThat(new SsmCall("describe-patch-groups", List.of(), null, true).ask(pages).toString())
        .isEqualTo("{\"Mappings\":[{\"PatchGroup\":\"a\"},{\"PatchGroup\":\"b\"}]}");
    assertThat(pages.asked())
        .containsExactly(
            "AmazonSSM.DescribePatchGroups {}",
            "AmazonSSM.DescribePatchGroups {\"NextToken\":\"t\"}");
  }

  @Test
  void slipsAreAnsweredWithTheNearestSpelling() {
    refused(call("describe-instance-patch-state"), "did you mean describe-instance-patch-states?");
    refused(call("send-command", "--documentname", "x", "--instance-idz", "y"), "--instance-ids?");
  }

  private static SsmCall call(String operation, String... words) {
    return new SsmCall(operation, List.of(words), null, true);
  }

  private void refused(SsmCall call, String part) {
    assertThatThrownBy(() -> call.ask(api)).isInstanceOf(Problem.class).hasMessageContaining(part);
  }
}
