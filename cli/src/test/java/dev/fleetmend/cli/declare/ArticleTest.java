package dev.fleetmend.cli.declare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The article's files, byte for byte as it prints them. */
class ArticleTest {
  @Test
  void baseline() {
    Declaration.Baseline baseline = (Declaration.Baseline) only("baseline.json");
    assertThat(baseline.name()).isEqualTo("standard_baseline");
    assertThat(baseline.request().toString())
        .startsWith(
            """
            {"Name":"standard_baseline","OperatingSystem":"WINDOWS",\
            "GlobalFilters":{"PatchFilters":[{"Key":"PATCH_ID","Values":["KB123456"]}]},\
            "ApprovalRules":{"PatchRules":[{"PatchFilterGroup":{"PatchFilters":[\
            {"Key":"MSRC_SEVERITY","Values":["Critical"]},\
            {"Key":"CLASSIFICATION","Values":["SecurityUpdates"]}]},\
            "ComplianceLevel":"UNSPECIFIED","ApproveAfterDays":0,"EnableNonSecurity":false}]}""");
  }

  @Test
  void schedule() {
    Declaration.Schedule schedule = (Declaration.Schedule) only("schedule.yaml");
    assertThat(schedule.name()).isEqualTo("patch-group-1");
    assertThat(schedule.window().path("Schedule").asText()).isEqualTo("cron(0 0 * * ? *)");
    assertThat(schedule.window().path("Description").asText()).isEqualTo("patch group 1.");
    assertThat(schedule.targets().toString())
        .isEqualTo("[{\"Key\":\"tag:Patch Group\",\"Values\":[\"group 1\"]}]");
    assertThat(schedule.actions())
        .containsExactly(
            new Declaration.Action(
                "AWS-RunPatchBaseline", Map.of("Operation", List.of("Install"))));
    assertThat(schedule.notes()).anyMatch(note -> note.contains("patch-group-1"));
  }

  @Test
  void rollback() {
    Declaration.Run run = (Declaration.Run) only("rollback.yaml");
    assertThat(run.name()).isEqualTo("patch rollback");
    assertThat(run.targets().toString())
        .isEqualTo("[{\"Key\":\"tag:Patch Group\",\"Values\":[\"group 1\"]}]");
    assertThat(run.actions())
        .containsExactly(
            new Declaration.Action(
                "AWS-RunPatchBaseline", Map.of("Operation", List.of("Uninstall"))));
  }

  private static Declaration only(String name) {
    List<Declaration> all = Declarations.read(name, text(name));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  static String text(String name) {
    try (InputStream in = ArticleTest.class.getResourceAsStream("/article/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
