package dev.fleetmend.server.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.HeldPreview;
import dev.fleetmend.patching.exchange.HeldPreviewRequest;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PreviewAccepted;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.patching.exchange.PreviewedChange;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.node.TestHost;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.preview.GetPatchPreviewResponse.NodePreview;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;

class PreviewTest {
  private static final Caller ADMINISTRATOR = new Caller.Key("TESTKEY", Role.ADMIN);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatNodesSaidIsKeptWithOneHashAndHandedBackUntilItExpires(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost first = TestHost.online(server, "web01", Map.of("Env", "prod"));
      TestHost second = TestHost.online(server, "web02", Map.of("Env", "prod"));
      TestHost stranger = TestHost.online(server, "db01", Map.of());
      String id = preview(server, "Install", "[{\"Name\":\"x\"}]");
      assertThat(
              server
                  .call(
                      ListCommandsRequest.builder().commandId(id).build(),
                      ListCommandsResponse.class)
                  .commands()
                  .getFirst())
          .satisfies(
              command -> {
                assertThat(command.documentName()).isEqualTo("Fleetmend-RunPatchBaseline");
                assertThat(command.targetCount()).isEqualTo(2);
                assertThat(command.parameters())
                    .containsEntry("Operation", List.of("PreviewInstall"))
                    .containsEntry("BaselineOverrideText", List.of("[{\"Name\":\"x\"}]"));
              });

      PreviewAccepted one = report(server, first, id, "1.1", "[]");
      PreviewAccepted two = report(server, second, id, "1.2", null);
      report(server, stranger, id, "9", null);
      assertThat(get(server, id).hash()).isNull();
      assertThat(get(server, id).status()).isEqualTo("InProgress");
      server.call(
          CancelCommandRequest.builder().commandId(id).build(), CancelCommandResponse.class);
      server.runDue();
      server.restart();

      GetPatchPreviewResponse whole = get(server, id);
      String hash = whole.hash();
      assertThat(whole.previewCount()).isEqualTo(2);
      assertThat(whole.previews().stream().map(NodePreview::hash))
          .containsExactlyInAnyOrder(one.hash(), two.hash())
          .doesNotContain(hash);
      assertThat(take(server, first, hash).baselineOverride()).isEqualTo("[]");
      assertThat(take(server, first, one.hash()).preview().lines(""))
          .containsExactly("ssl.amd64 1.0 -> 1.1");
      assertThat(take(server, second, hash).preview().lines(""))
          .containsExactly("ssl.amd64 1.0 -> 1.2");
      assertThatThrownBy(() -> take(server, stranger, hash))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("covers this node");
      assertThatThrownBy(() -> take(server, second, one.hash()))
          .hasMessageContaining("covers this node");

      assertThat(report(server, first, id, "1.1", "[]").hash()).isEqualTo(one.hash());
      assertThatThrownBy(() -> report(server, first, id, "1.3", "[]"))
          .hasMessageContaining("has ended");
      assertThatThrownBy(() -> report(server, stranger, id, "9", null))
          .hasMessageContaining("has ended");

      server.clock().advance(NodePreviews.LIFE);
      assertThatThrownBy(() -> take(server, first, hash))
          .hasMessageContaining("has expired")
          .hasMessageContaining("Preview anew");
      server.clock().advance(Duration.ofDays(8));
      report(server, first, "another", "1.1", null);
      assertThat(get(server, id).previewCount()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatMakesNoSenseIsRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost host = TestHost.online(server, "web01", Map.of("Env", "prod"));
      assertThatThrownBy(() -> preview(server, "Scan", ""))
          .hasMessageContaining("Operation must be Install or Uninstall");
      assertThatThrownBy(() -> get(server, "00000000-0000-0000-0000-000000000000"))
          .hasMessageContaining("InvalidCommandId");
      assertThatThrownBy(() -> report(server, host, "../x", "1", null))
          .hasMessageContaining("CommandId must be");
      assertThatThrownBy(() -> report(server, host, "c", "1".repeat(300), null))
          .hasMessageContaining("too long");
      assertThatThrownBy(
              () ->
                  server.call(
                      "Fleetmend.TakePatchPreview",
                      new HeldPreviewRequest("mi-00000000000000009", "0".repeat(64)),
                      host.caller(),
                      HeldPreview.class))
          .hasMessageContaining("AccessDeniedException");
    }
  }

  private static String preview(TestServer server, String operation, String override) {
    return server
        .call(
            "Fleetmend.PreviewPatchOperation",
            new PreviewPatchOperationRequest(
                operation,
                List.of(),
                List.of(new PreviewPatchOperationRequest.TargetFilter("tag:Env", List.of("prod"))),
                "",
                override,
                "",
                false),
            ADMINISTRATOR,
            PreviewPatchOperationResponse.class)
        .commandId();
  }

  private static PreviewAccepted report(
      TestServer server, TestHost host, String id, String version, @Nullable String override) {
    PreviewedChange change =
        new PreviewedChange("ssl", "amd64", "1.0", version, "", true, List.of(), 9, "");
    PatchPreview preview =
        new PatchPreview(
            "Install",
            "pb-0",
            List.of(),
            List.of(change),
            List.of(),
            9,
            List.of(),
            false,
            List.of(),
            List.of());
    return server.call(
        "Fleetmend.ReportPatchPreview",
        new PreviewReport(host.id(), id, override, null, preview),
        host.caller(),
        PreviewAccepted.class);
  }

  private static HeldPreview take(TestServer server, TestHost host, @Nullable String hash) {
    return server.call(
        "Fleetmend.TakePatchPreview",
        new HeldPreviewRequest(host.id(), String.valueOf(hash)),
        host.caller(),
        HeldPreview.class);
  }

  private static GetPatchPreviewResponse get(TestServer server, String id) {
    return server.call(
        "Fleetmend.GetPatchPreview",
        new GetPatchPreviewRequest(id, "", 0),
        ADMINISTRATOR,
        GetPatchPreviewResponse.class);
  }
}
