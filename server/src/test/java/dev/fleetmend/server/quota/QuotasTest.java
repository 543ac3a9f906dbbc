package dev.fleetmend.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowRequest;
import software.amazon.awssdk.services.ssm.model.CreateMaintenanceWindowResponse;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

class QuotasTest {
  @TempDir private Path folder;

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(Quotas.FILE), text);
  }

  @Test
  void withoutAFileTheyAreThePublishedOnes() {
    Quotas quotas = Quotas.of(folder);

    assertThat(quotas.of(Quota.PATCH_BASELINES)).isEqualTo(50);
    assertThat(quotas.of(Quota.PATCH_GROUPS_PER_BASELINE)).isEqualTo(25);
    assertThat(quotas.of(Quota.PATCH_OPERATIONS_PER_NODE)).isEqualTo(150);
    assertThat(quotas.of(Quota.TASKS_PER_WINDOW)).isEqualTo(20);
    assertThat(quotas.of(Quota.DOCUMENT_BYTES)).isEqualTo(65_536);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          patch-baseline=7     | there is no quota patch-baseline; there are patch-baselines,
          patch-baselines=many | patch-baselines must be a whole number from 1 to 2147483647, not many
          patch-baselines=0    | must be a whole number from 1
          patch-baselines=     | must be a whole number from 1
          documents=99999999999| must be a whole number from 1
          documents=\\uzz      | cannot be read
          """)
  void aWrongFileStopsTheStartByName(String line, String reason) throws IOException {
    write(line);

    assertThatThrownBy(() -> TestServer.start(Databases.SQLITE, folder))
        .isInstanceOf(UnusableQuotasException.class)
        .hasMessageContaining(folder.resolve(Quotas.FILE).toString())
        .hasMessageContaining(reason);
  }

  @Test
  void whatTheFileSaysHolds() throws IOException {
    write(
        """
        patch-baselines = 2
        patch-groups-per-baseline = 1
        maintenance-windows = 1
        tags-per-resource = 1
        """);
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      String baseline = baseline(server);
      assertThat(baseline(server)).isNotEqualTo(baseline);
      refused("ResourceLimitExceededException", "limit of 2", () -> baseline(server));
      register(server, baseline, "one");
      register(server, baseline, "one");
      refused(
          "ResourceLimitExceededException", "limit of 1", () -> register(server, baseline, "two"));
      refused("TooManyTagsError", "at most 1 tags", () -> window(server, 2));
      window(server, 1);
      refused("ResourceLimitExceededException", "limit is 1", () -> window(server, 1));
    }
  }

  private static String baseline(TestServer server) {
    return server
        .call(
            CreatePatchBaselineRequest.builder().name("one-of-many").build(),
            CreatePatchBaselineResponse.class)
        .baselineId();
  }

  private static void register(TestServer server, String baseline, String group) {
    server.call(
        RegisterPatchBaselineForPatchGroupRequest.builder()
            .baselineId(baseline)
            .patchGroup(group)
            .build(),
        RegisterPatchBaselineForPatchGroupResponse.class);
  }

  private static void window(TestServer server, int tags) {
    CreateMaintenanceWindowRequest.Builder request =
        CreateMaintenanceWindowRequest.builder()
            .name("window")
            .schedule("rate(1 day)")
            .duration(2)
            .cutoff(1)
            .allowUnassociatedTargets(true);
    server.call(
        request
            .tags(
                IntStream.range(0, tags)
                    .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                    .toList())
            .build(),
        CreateMaintenanceWindowResponse.class);
  }

  private static void refused(String code, String reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }
}
