package dev.fleetmend.patching.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpmVersionTest {
  /** The table is what {@code rpm.vercmp} of rpm 4.18 said. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvFileSource(resources = "rpm-version-order.csv", delimiter = ' ')
  void ordersAsRpmDoes(String left, String relation, String right) {
    int sign =
        switch (relation) {
          case "lt" -> -1;
          case "eq" -> 0;
          default -> 1;
        };
    assertThat(Integer.signum(RpmVersion.ORDER.compare(left, right))).isEqualTo(sign);
    assertThat(Integer.signum(RpmVersion.ORDER.compare(right, left))).isEqualTo(-sign);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0-1, 0, 1.0, 1",
    "2:1.0-1.el9, 2, 1.0, 1.el9",
    "1.0, 0, 1.0, ''",
    ":1-2, 0, :1, 2",
  })
  void isTakenApart(String text, String epoch, String version, String release) {
    assertThat(RpmVersion.parse(text)).isEqualTo(new RpmVersion(epoch, version, release));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0-1", "1:2.3-4.el9_4", "1.0~rc1-0.1", "1.0^git1-1", "20230101-1"})
  void takesWhatRpmTakes(String version) {
    assertThat(RpmVersion.isValid(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "-1", "1-", "1.0-1*", "1 0-1", "a:1-1", "1-1;id", "1.0-[1]"})
  void refusesWhatIsNoVersionOrWouldBeAPattern(String version) {
    assertThat(RpmVersion.isValid(version)).isFalse();
  }
}
