package dev.fleetmend.patching.version;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RpmVersionPropertyTest {
  @Property
  void isAntisymmetric(@ForAll("versions") String a, @ForAll("versions") String b) {
    assertThat(sign(a, b)).isEqualTo(-sign(b, a));
  }

  @Property(tries = 3000)
  void isTransitive(
      @ForAll("versions") String a, @ForAll("versions") String b, @ForAll("versions") String c) {
    if (sign(a, b) <= 0 && sign(b, c) <= 0) {
      assertThat(sign(a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Property
  void isTotalOverAnyText(@ForAll String a, @ForAll String b) {
    assertThat(sign(a, b)).isEqualTo(-sign(b, a));
    assertThat(sign(a, a)).isZero();
  }

  @Property
  void aTildeIsOlderAndACaretIsNewerThanTheEnd(@ForAll("parts") String version) {
    assertThat(sign(version + "~rc1-1", version + "-1")).isEqualTo(-1);
    assertThat(sign(version + "^git1-1", version + "-1")).isEqualTo(1);
    assertThat(sign(version + "^git1-1", version + ".1-1")).isEqualTo(-1);
  }

  @Property
  void leadingZerosAndSeparatorsDoNotCount(@ForAll("parts") String version) {
    assertThat(sign("0:" + version + "-1", version + "-1")).isZero();
    assertThat(sign(version + ".07-1", version + "_7-1")).isZero();
  }

  @Provide
  Arbitrary<String> parts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.strings().withChars("0129._abZ").ofMaxLength(8))
        .as((first, rest) -> first + rest);
  }

  @Provide
  Arbitrary<String> versions() {
    Arbitrary<String> epochs = Arbitraries.of("", "", "0:", "1:", "2:");
    Arbitrary<String> rest = Arbitraries.strings().withChars("019.~^ab").ofMaxLength(6);
    Arbitrary<String> releases = Arbitraries.strings().withChars("019.~^e").ofMaxLength(5);
    return Combinators.combine(epochs, parts(), rest, releases)
        .as((epoch, part, more, release) -> epoch + part + more + "-" + release);
  }

  private static int sign(String a, String b) {
    return Integer.signum(RpmVersion.ORDER.compare(a, b));
  }
}
