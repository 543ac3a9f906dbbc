package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandDocumentTest {
  private final Documents documents = new BuiltInDocuments();
  private final CommandDocument shell = documents.find("AWS-RunShellScript", null);
  private final CommandDocument patch = documents.find("AWS-RunPatchBaseline", "$LATEST");

  @Test
  void parametersReachTheAgentInTheTypeTheDocumentDeclares() {
    assertThat(
            shell.accept(
                Map.of("commands", List.of("a", "b"), "workingDirectory", List.of("/tmp"))))
        .isEqualTo(Map.of("commands", List.of("a", "b"), "workingDirectory", "/tmp"));
  }

  @Test
  void anUnknownParameterIsRefusedAndTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> shell.accept(Map.of("comands", List.of("a"))))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("comands")
        .hasMessageContaining("commands, workingDirectory, executionTimeout");
  }

  @Test
  void aMissingParameterIsNamed() {
    assertThatThrownBy(() -> patch.accept(Map.of()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Operation");
  }

  @Test
  void aValueOutsideTheAllowedOnesIsRefused() {
    assertThatThrownBy(() -> patch.accept(Map.of("Operation", List.of("scan"))))
        .hasMessageContaining("must be one of Scan, Install, Uninstall");
    assertThatThrownBy(() -> patch.accept(Map.of("Operation", List.of("Scan", "Install"))))
        .hasMessageContaining("takes one value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "172801", "1e3", "", "10; reboot", "999999"})
  void aTimeoutThatIsNoneIsRefused(String value) {
    Map<String, List<String>> given =
        Map.of("commands", List.of("a"), "executionTimeout", List.of(value));

    assertThatThrownBy(() -> shell.accept(given)).hasMessageContaining("executionTimeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://a/$(reboot)",
        "http://a/`x`",
        "https://a/'b",
        "nonsense",
        "https://a b"
      })
  void anOverrideIsAUrlWithoutShellCharacters(String value) {
    Map<String, List<String>> given =
        Map.of("Operation", List.of("Install"), "InstallOverrideList", List.of(value));

    assertThatThrownBy(() -> patch.accept(given)).hasMessageContaining("InstallOverrideList");
  }

  @Test
  void theExecutionTimeoutFollowsTheParameter() {
    assertThat(shell.executionTimeout(Map.of())).isEqualTo(Duration.ofHours(1));
    assertThat(shell.executionTimeout(Map.of("executionTimeout", "60")))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(shell.executionTimeout(Map.of("executionTimeout", "3")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(patch.executionTimeout(Map.of())).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void aDocumentIsFoundByItsArnToo() {
    assertThat(documents.find("arn:aws:ssm:us-east-1::document/AWS-RunShellScript", "1"))
        .isEqualTo(shell);
  }

  @Test
  void unknownDocumentsAndVersionsAreToldApart() {
    assertThatThrownBy(() -> documents.find("Nope", null))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocument"));
    assertThatThrownBy(() -> documents.find("AWS-RunShellScript", "2"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocumentVersion"));
  }
}
