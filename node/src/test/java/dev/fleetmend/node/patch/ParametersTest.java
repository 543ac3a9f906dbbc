package dev.fleetmend.node.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  @Test
  void takesTheDocumentsDefaults() throws RunException {
    Parameters parameters = Parameters.of(command(Map.of("Operation", List.of("Install"))));

    assertThat(parameters.installs()).isTrue();
    assertThat(parameters.mayReboot()).isTrue();
    assertThat(parameters.patchIds()).isEmpty();
  }

  @Test
  void readsPatchIdsHoweverTheyAreSeparated() throws RunException {
    Parameters parameters =
        Parameters.of(
            command(
                Map.of(
                    "Operation", List.of("Uninstall"),
                    "PatchIds", List.of("openssl.amd64, libssl3.amd64", "git"))));

    assertThat(parameters.patchIds()).containsExactly("openssl.amd64", "libssl3.amd64", "git");
  }

  @ParameterizedTest
  @CsvSource({
    "Operation,Remove,Operation must be",
    "RebootOption,Never,RebootOption must be",
    "SnapshotId,../x,SnapshotId must be",
    "TransactionId,1,TransactionId must be",
  })
  void refusesWhatTheDocumentDoesNotKnow(String name, String value, String words) {
    Map<String, List<String>> parameters = new HashMap<>(Map.of("Operation", List.of("Scan")));
    parameters.put(name, List.of(value));

    assertThatThrownBy(() -> Parameters.of(command(parameters)))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("Nothing was done");
  }

  @Test
  void whatTheRunSaysOfTheNotRevertibleWinsOverTheServer() throws RunException {
    Map<String, List<String>> scan = Map.of("Operation", List.of("Scan"));
    for (boolean server : List.of(true, false)) {
      assertThat(Parameters.of(command(scan)).onlyRevertible(server)).isEqualTo(server);
      assertThat(notRevertible("").onlyRevertible(server)).isEqualTo(server);
      assertThat(notRevertible("warn").onlyRevertible(server)).isFalse();
      assertThat(notRevertible("refuse").onlyRevertible(server)).isTrue();
    }
  }

  private static Parameters notRevertible(String policy) throws RunException {
    return Parameters.of(
        command(Map.of("Operation", List.of("Install"), "NotRevertible", List.of(policy))));
  }

  @Test
  void refusesBothOverridesAtOnce() {
    assertThatThrownBy(
            () ->
                Parameters.of(
                    command(
                        Map.of(
                            "Operation", List.of("Install"),
                            "InstallOverrideList", List.of("https://a.test/l"),
                            "BaselineOverride", List.of("https://a.test/b")))))
        .isInstanceOf(RunException.class);
  }

  private static PatchCommand command(Map<String, List<String>> parameters) {
    return new PatchCommand("command", parameters);
  }
}
