package dev.fleetmend.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.CannedApi;
import dev.fleetmend.cli.plan.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewReportTest {
  private static final String TARGET = "Fleetmend.GetPatchPreview";
  private int pauses;

  private ObjectNode watch(CannedApi api) throws InterruptedException {
    return new PreviewWatch(api, millis -> pauses++)
        .untilDone("c", new Progress(new PrintWriter(new StringWriter()), false));
  }

  private static ObjectNode request() {
    ObjectNode request = Api.request().put("Operation", "Install").put("RebootOption", "NoReboot");
    PreviewTargets.put(request, List.of("tag:Patch Group=it's"), new CannedApi());
    return request;
  }

  private static String page(String id, String more) {
    return """
        {"CommandId":"c","Status":"Success","Hash":"abc","ExpiresTime":1700000000.5,
         "TargetCount":2,"PreviewCount":2,%s"Previews":[{"InstanceId":"%s","Hash":"def",
         "Preview":{"Operation":"Install","DownloadBytes":2049,"Reboots":true,
          "Changes":[{"Name":"ssl","Arch":"amd64","FromVersion":"1","ToVersion":"2",
            "Cves":["CVE-1"],"WhyNotRevertible":""},
           {"Name":"evil\\u001b[2J","Arch":"all","ToVersion":"1","Cves":[],
            "WhyNotRevertible":"gone"}],
          "LeftOut":[{"Name":"held","Arch":"all","Version":"3","Why":"held on this host"}],
          "Services":["nginx.service"],"Obstacles":[],"Notes":[]}}]}
        """
        .formatted(more, id);
  }

  @Test
  void waitsForAllNodesAndTheHashAndReadsAllPages() throws InterruptedException {
    CannedApi api =
        new CannedApi()
            .answer(TARGET, "{\"Status\":\"InProgress\",\"TargetCount\":2}")
            .answer(TARGET, "{\"Status\":\"Success\",\"TargetCount\":2,\"PreviewCount\":2}")
            .answer(TARGET, page("mi-1", "\"NextToken\":\"t\","))
            .answer(TARGET, page("mi-2", ""));

    ObjectNode whole = watch(api);

    assertThat(pauses).isEqualTo(2);
    assertThat(whole.path("Previews")).hasSize(2);
    assertThat(api.asked().getLast()).contains("\"NextToken\":\"t\"");
    assertThat(PreviewReport.of(whole, request()))
        .contains("mi-2: Install, 2 packages, downloads 3 KB, then reboots, preview def")
        .containsPattern("ssl\\.amd64 +1 +2 +yes +CVE-1")
        .contains("(not installed)", "no: gone")
        .contains("left out: held.all 3: held on this host", "restarts nginx.service")
        .contains("Preview abc of 2 nodes, good until 2023-11-14T22:13:20Z")
        .contains(
            "--parameters Operation=Install,RebootOption=NoReboot,PreviewHash=abc"
                + " --targets '[{\"Key\":\"tag:Patch Group\",\"Values\":[\"it'\\''s\"]}]'")
        .doesNotContain("\u001b");
  }

  @Test
  void aCommandThatNoNodeAnsweredEndsTheWait() throws InterruptedException {
    ObjectNode whole =
        watch(
            new CannedApi()
                .answer(TARGET, "{\"Status\":\"Failed\",\"TargetCount\":1,\"PreviewCount\":0}"));

    assertThat(pauses).isZero();
    assertThat(PreviewReport.of(whole, request())).isEmpty();
  }

  @Test
  void targetsAreIdsOrTags() {
    ObjectNode request = Api.request();
    PreviewTargets.put(request, List.of("tag:Env=prod", "tag:Env=test"), new CannedApi());
    assertThat(request.toString())
        .isEqualTo("{\"Targets\":[{\"Key\":\"tag:Env\",\"Values\":[\"prod\",\"test\"]}]}");

    assertThatThrownBy(() -> PreviewTargets.put(Api.request(), List.of("tag:Env"), new CannedApi()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("tag:Key=Value");
    assertThatThrownBy(
            () -> PreviewTargets.put(Api.request(), List.of("mi-1", "tag:a=b"), new CannedApi()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not by both");
  }

  @Test
  void transactionsSayWhatCanBeTakenBack() {
    ObjectNode answer = Api.request();
    ObjectNode node = answer.withArray("Nodes").addObject().put("InstanceId", "mi-1");
    ObjectNode one = node.withArray("Transactions").addObject();
    one.put("TransactionId", "t1").put("Kind", "Install").put("EndedAt", 1_700_000_000_000L);
    one.withArray("Packages")
        .addObject()
        .put("Name", "ssl")
        .put("Arch", "amd64")
        .put("FromVersion", "1")
        .put("ToVersion", "2")
        .put("Outcome", "DONE")
        .put("CanTakeBack", false)
        .put("WhyNot", "the vault has forgotten 1");

    assertThat(TransactionTable.of(answer.path("Nodes"), true))
        .containsPattern("mi-1 +t1 +Install +2023-11-14T22:13:20Z +1 packages +0 of 1 packages")
        .contains("ssl.amd64 1 -> 2: DONE; cannot be taken back: the vault has forgotten 1");
  }
}
