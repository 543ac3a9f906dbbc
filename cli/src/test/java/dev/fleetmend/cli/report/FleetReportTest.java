package dev.fleetmend.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.CannedApi;
import org.junit.jupiter.api.Test;

class FleetReportTest {
  private final FleetReport report =
      FleetReport.of(
          new CannedApi()
              .answer(
                  "AmazonSSM.DescribeInstanceInformation",
                  """
                  {"InstanceInformationList":[
                    {"InstanceId":"mi-1","ComputerName":"=cmd|' /C calc'!A0","PingStatus":"Online"},
                    {"InstanceId":"mi-2","ComputerName":"<script>\\u001b[2J","PingStatus":"Online"},
                    {"InstanceId":"mi-3","ComputerName":"web, \\"the\\" third","PingStatus":"ConnectionLost"}]}""")
              .answer(
                  "AmazonSSM.DescribeInstancePatchStates",
                  """
                  {"InstancePatchStates":[
                    {"InstanceId":"mi-1","PatchGroup":"web","BaselineId":"pb-1","InstalledCount":200,
                     "MissingCount":3,"FailedCount":0,"Operation":"Scan","OperationEndTime":1700000000.25},
                    {"InstanceId":"mi-3","PatchGroup":"web","BaselineId":"pb-1","InstalledCount":203,
                     "MissingCount":0,"FailedCount":0,"Operation":"Install","OperationEndTime":1700000000}]}""")
              .answer(
                  "Fleetmend.DescribePatchDoubts",
                  """
                  {"Nodes":[
                    {"InstanceId":"mi-1","Doubts":[],"HeldBackCount":0},
                    {"InstanceId":"mi-3","Doubts":["The package lists are old"],"HeldBackCount":4}]}"""));

  @Test
  void anyMissingPatchAndAnyNodeNeverScannedCounts() {
    assertThat(report.summary())
        .isEqualTo("3 nodes: 1 compliant (1 in doubt), 1 not compliant, 1 never scanned");
    assertThat(report.compliant()).isFalse();
    assertThat(report.json().get(1).toString())
        .startsWith("{\"InstanceId\":\"mi-1\",")
        .contains("\"Compliance\":\"NON_COMPLIANT\"", "\"Missing\":3")
        .endsWith("\"LastOperationTime\":\"2023-11-14T22:13:20Z\",\"Doubts\":null}");
  }

  @Test
  void aCompliantNodeSaysWhatItsListsLeaveInDoubtAndWhatIsHeldBack() {
    assertThat(report.json().get(2).toString())
        .contains("\"Compliance\":\"COMPLIANT\"", "\"HeldBack\":4")
        .endsWith("\"Doubts\":\"The package lists are old\"}");
    assertThat(report.table()).contains("HELD BACK", "The package lists are old");
  }

  @Test
  void aSpreadsheetGetsNoFormula() {
    assertThat(report.csv().split("\r\n"))
        .anyMatch(line -> line.startsWith("mi-1,\"'=cmd|' /C calc'!A0\",Online,NON_COMPLIANT,web,"))
        .anyMatch(
            line -> line.startsWith("mi-3,\"web, \"\"the\"\" third\",ConnectionLost,COMPLIANT,"))
        .hasSize(4);
  }

  @Test
  void aPageHoldsNoMarkupOfANode() {
    assertThat(report.html()).contains("&lt;script&gt;").doesNotContain("<script>", "\u001b");
    assertThat(report.table()).doesNotContain("\u001b");
  }
}
