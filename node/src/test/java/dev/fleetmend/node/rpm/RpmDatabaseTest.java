package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RpmDatabaseTest {
  @Test
  void readsPackagesAndLeavesOutKeys() throws IOException {
    assertThat(RpmDatabase.parse(Golden.read("rpm-qa.stdout")))
        .filteredOn(one -> one.name().equals("lab-app"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.version()).isEqualTo("1.0-1.lab");
              assertThat(one.source()).isEqualTo("lab-app");
              assertThat(one.installedAt()).isPositive();
            });
    assertThat(RpmDatabase.parse(Golden.read("rpm-qa.stdout")))
        .extracting(RpmPackage::name)
        .doesNotContain("gpg-pubkey");
  }

  @Test
  void leavesOutAnEpochOfZeroOnly() throws IOException {
    assertThat(
            RpmDatabase.parse("a\tnoarch\t0:1-2\t(none)\t5\nb\tx86_64\t2:1-2\tb-1-2.src.rpm\t5\n"))
        .containsExactly(
            new RpmPackage("a", "noarch", "1-2", "", 5),
            new RpmPackage("b", "x86_64", "2:1-2", "b", 5));
  }

  @Test
  void knowsWhoNeedsWhatWouldLeave() {
    assertThat(
            Trial.neededBy(
                """
                error: Failed dependencies:
                \tlab-lib >= 1.2 is needed by (installed) lab-app-1.2-1.lab.noarch
                """))
        .containsExactly("lab-app-1.2-1.lab.noarch");
  }

  @Test
  void tellsSignedFromMerelyWhole() {
    assertThat(RpmFiles.isSigned("a.rpm: digests signatures OK\n")).isTrue();
    assertThat(RpmFiles.isSigned("a.rpm: rsa sha1 (md5) pgp md5 OK\n")).isTrue();
    assertThat(RpmFiles.isSigned("a.rpm: rsa sha1 md5 OK\n")).isTrue();
    assertThat(RpmFiles.isSigned("a.rpm: digests OK\n")).isFalse();
    assertThat(RpmFiles.isSigned("a.rpm: sha1 md5 OK\n")).isFalse();
    assertThat(RpmFiles.isSigned("a.rpm: RSA sha1 md5 NOT OK\n")).isFalse();
  }
}
