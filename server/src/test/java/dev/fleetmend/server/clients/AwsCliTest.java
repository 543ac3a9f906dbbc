package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The aws CLI, unmodified, against a whole server. */
@Tag("slow")
class AwsCliTest {
  @TempDir private Path folder;
  private ClientServer server;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    server.need(List.of("aws", "--version"), "the aws CLI");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void baselinesGroupsAndTagsAreKept() throws Exception {
    String id =
        server.aws(
            "create-patch-baseline",
            "--name",
            "web-servers",
            "--operating-system",
            "DEBIAN",
            "--approval-rules",
            "PatchRules=[{PatchFilterGroup={PatchFilters=[{Key=PRIORITY,Values=[Required]}]}}]",
            "--query",
            "BaselineId");
    assertThat(id).matches("pb-[0-9a-f]{17}");
    assertThat(
            server.aws(
                "get-patch-baseline", "--baseline-id", id, "--query", "[Name,OperatingSystem]"))
        .isEqualTo("web-servers\tDEBIAN");
    server.aws(
        "register-patch-baseline-for-patch-group", "--baseline-id", id, "--patch-group", "web");
    assertThat(
            server.aws(
                "get-patch-baseline-for-patch-group",
                "--patch-group",
                "web",
                "--operating-system",
                "DEBIAN",
                "--query",
                "BaselineId"))
        .isEqualTo(id);
    server.aws(
        "add-tags-to-resource",
        "--resource-type",
        "PatchBaseline",
        "--resource-id",
        id,
        "--tags",
        "Key=ring,Value=first");
    assertThat(
            server.aws(
                "list-tags-for-resource",
                "--resource-type",
                "PatchBaseline",
                "--resource-id",
                id,
                "--query",
                "TagList[0].Value"))
        .isEqualTo("first");
    assertThat(server.aws("delete-patch-baseline", "--baseline-id", id))
        .contains("ResourceInUseException");
    assertThat(server.aws("get-patch-baseline", "--baseline-id", "pb-00000000000000000"))
        .contains("DoesNotExistException");
    assertThat(server.aws("get-parameter", "--name", "x"))
        .contains("UnsupportedOperationException");
  }

  @Test
  void theCallerIsToldWhoItIs() throws IOException {
    assertThat(server.awsCli("sts", "get-caller-identity"))
        .isEqualTo(
            "000000000000\tarn:aws:iam::000000000000:user/%s\t%s"
                .formatted(server.key().id(), server.key().id()));
    assertThat(server.awsCli("sts", "get-session-token"))
        .contains("An error occurred (InvalidAction)");
    assertThat(
            server
                .run(
                    folder,
                    List.of(
                        "env", "AWS_ACCESS_KEY_ID=UNKNOWN", "aws", "sts", "get-caller-identity"))
                .output())
        .contains("An error occurred (InvalidClientTokenId)");
  }
}
