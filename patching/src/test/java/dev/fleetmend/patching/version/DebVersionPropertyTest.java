package dev.fleetmend.patching.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.opentest4j.TestAbortedException;

class DebVersionPropertyTest {
  private static final Path DPKG = Path.of("/usr/bin/dpkg");

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
  void aTildeSuffixIsOlderAndAnyOtherIsNewer(@ForAll("upstreams") String version) {
    assertThat(DebVersion.isNewer(version, version + "~")).isTrue();
    assertThat(DebVersion.isNewer(version + "+deb12u1", version)).isTrue();
  }

  @Property
  void leadingZerosOfEpochAndNumbersDoNotCount(@ForAll("upstreams") String version) {
    assertThat(sign("0:" + version, version)).isZero();
    assertThat(sign(version + ".07", version + ".7")).isZero();
  }

  @Property(tries = 300)
  void agreesWithDpkgItself(@ForAll("versions") String a, @ForAll("versions") String b)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(DPKG)) {
      throw new TestAbortedException("no dpkg on this machine to compare with");
    }
    String relation =
        switch (sign(a, b)) {
          case -1 -> "lt-nl";
          case 0 -> "eq";
          default -> "gt-nl";
        };
    Process dpkg =
        new ProcessBuilder(DPKG.toString(), "--compare-versions", a, relation, b)
            .redirectErrorStream(true)
            .start();
    dpkg.getInputStream().readAllBytes();
    assertThat(dpkg.waitFor()).as("%s %s %s", a, relation, b).isZero();
  }

  @Provide
  Arbitrary<String> upstreams() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 30),
            Arbitraries.strings().withChars("0129.+~abZ").ofMaxLength(8))
        .as((first, rest) -> first + rest);
  }

  @Provide
  Arbitrary<String> versions() {
    Arbitrary<String> epochs = Arbitraries.of("", "", "0:", "1:", "2:");
    Arbitrary<String> revisions =
        Arbitraries.strings()
            .withChars("0129.+~au")
            .ofMaxLength(6)
            .map(text -> text.isEmpty() ? "" : "-" + text);
    return Combinators.combine(epochs, upstreams(), revisions)
        .as((epoch, upstream, revision) -> epoch + upstream + revision);
  }

  private static int sign(String a, String b) {
    return Integer.signum(DebVersion.ORDER.compare(a, b));
  }
}
