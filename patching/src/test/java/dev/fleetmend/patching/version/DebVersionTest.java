package dev.fleetmend.patching.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebVersionTest {
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvFileSource(resources = "deb-version-order.csv", delimiter = ' ')
  void ordersAsDpkgDoes(String left, String relation, String right) {
    int sign =
        switch (relation) {
          case "lt" -> -1;
          case "eq" -> 0;
          default -> 1;
        };
    assertThat(Integer.signum(DebVersion.ORDER.compare(left, right))).isEqualTo(sign);
    assertThat(Integer.signum(DebVersion.ORDER.compare(right, left))).isEqualTo(-sign);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1:2.3-4", "2:9.0.1000-4+deb12u1", "1.0~rc1", "1.2-3-4", "0:0-0"})
  void takesWhatDpkgTakes(String version) {
    assertThat(DebVersion.isValid(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a1", "1 2", "1:", ":1", "1.0-", "1_2", "-1", "1;rm", "1\n2"})
  void refusesWhatDpkgRefuses(String version) {
    assertThat(DebVersion.isValid(version)).isFalse();
  }
}
