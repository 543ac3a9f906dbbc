package dev.fleetmend.cli.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestOptionsTest {
  @Test
  void listsShorthandAndMaps() {
    assertThat(
            read(
                "send-command",
                "--document-name",
                "AWS-RunPatchBaseline",
                "--targets",
                "Key=tag:Patch Group,Values=group 1,group 2",
                "Key=instanceids,Values=mi-1",
                "--parameters",
                "Operation=Install,RebootOption=NoReboot",
                "--timeout-seconds",
                "600",
                "--max-errors=25%"))
        .isEqualTo(
            """
            {"DocumentName":"AWS-RunPatchBaseline",\
            "Targets":[{"Key":"tag:Patch Group","Values":["group 1","group 2"]},\
            {"Key":"instanceids","Values":["mi-1"]}],\
            "Parameters":{"Operation":["Install"],"RebootOption":["NoReboot"]},\
            "TimeoutSeconds":600,"MaxErrors":"25%"}""");
    assertThat(
            read(
                "send-command",
                "--instance-ids",
                "mi-1",
                "mi-2",
                "--parameters",
                "commands=[ls,'echo a,b',\\,c]"))
        .isEqualTo(
            """
            {"InstanceIds":["mi-1","mi-2"],"Parameters":{"commands":["ls","echo a,b",",c"]}}""");
  }

  @Test
  void nestedShorthandAndJsonSayTheSame() {
    String wanted =
        """
        {"ApprovalRules":{"PatchRules":[{"PatchFilterGroup":{"PatchFilters":[\
        {"Key":"PRIORITY","Values":["Required","Important"]}]},"ApproveAfterDays":7,\
        "EnableNonSecurity":true}]}}""";
    assertThat(
            read(
                "create-patch-baseline",
                "--approval-rules",
                "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRIORITY,Values=[Required,Important]}]},ApproveAfterDays=7,EnableNonSecurity=true}]"))
        .isEqualTo(wanted);
    assertThat(
            read(
                "create-patch-baseline",
                "--approvalrules",
                """
                {"patchrules": {"patchfiltergroup": {"patchfilters": {"key": "PRIORITY",
                 "values": ["Required", "Important"]}}, "approveafterdays": 7, "enablenonsecurity": true}}"""))
        .isEqualTo(wanted);
  }

  @Test
  void flagsAndTheArticlesNameForABaseline() {
    assertThat(read("update-patch-baseline", "--patchbaselineid", "pb-1", "--replace"))
        .isEqualTo("{\"BaselineId\":\"pb-1\",\"Replace\":true}");
    assertThat(read("create-maintenance-window", "--no-allow-unassociated-targets"))
        .isEqualTo("{\"AllowUnassociatedTargets\":false}");
  }

  @Test
  void valuesFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("targets.json");
    Files.writeString(file, "[{\"Key\":\"tag:App\",\"Values\":[\"web\"]}]");
    assertThat(read("send-command", "--targets", "file://" + file, "--comment", "x y"))
        .isEqualTo(
            "{\"Targets\":[{\"Key\":\"tag:App\",\"Values\":[\"web\"]}],\"Comment\":\"x y\"}");
  }

  @Test
  void whatIsWrongIsSaid() {
    wrong("must be a whole number", "--timeout-seconds", "soon");
    wrong("needs a value", "--timeout-seconds");
    wrong("neither JSON nor Key=value", "--targets", "Key");
    wrong("did you mean Values?", "--targets", "Key=a,Valuez=b");
    wrong("expected }", "--targets", "Key={a=b");
    wrong("takes one value", "--document-name", "a", "b");
    wrong("must be a map", "--parameters", "[1]");
    wrong("cannot be read", "--instance-ids", "file:///none");
    wrong("is not an option", "stray");
  }

  private static void wrong(String message, String... words) {
    assertThatThrownBy(() -> read("send-command", words))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void namesAreSpelledAsTheAwsCliSpellsThem() {
    assertThat(RequestOptions.kebab("OutputS3BucketName")).isEqualTo("output-s3-bucket-name");
    assertThat(RequestOptions.kebab("UseS3DualStackEndpoint"))
        .isEqualTo("use-s3-dual-stack-endpoint");
    assertThat(RequestOptions.kebab("CVEId")).isEqualTo("cve-id");
  }

  private static String read(String operation, String... words) {
    return new RequestOptions(SsmOperation.find(operation).request())
        .read(List.of(words))
        .toString();
  }
}
