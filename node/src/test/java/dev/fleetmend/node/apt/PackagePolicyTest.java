package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.patching.fact.Origin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackagePolicyTest {
  private static PackagePolicy policy(String golden, String name) throws IOException {
    return PackagePolicy.parse(Golden.read(golden)).stream()
        .filter(one -> one.key().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsTheCandidateAndEveryVersionFromTheInstalledOneUp() throws IOException {
    PackagePolicy openssl = policy("debian12.apt-cache-policy-packages.stdout", "openssl");

    assertThat(openssl.candidate()).isEqualTo("3.0.22-1~deb12u2");
    assertThat(openssl.fromInstalledUp())
        .containsExactly(
            new PackagePolicy.Version(
                "3.0.22-1~deb12u2",
                false,
                List.of(
                    "http://archive.test/debian-security bookworm-security/main amd64 Packages")),
            new PackagePolicy.Version(
                "3.0.20-1~deb12u2",
                true,
                List.of("http://archive.test/debian bookworm/main amd64 Packages")));
  }

  @Test
  void leavesOutWhatIsOlderThanTheInstalledVersion() throws IOException {
    PackagePolicy git = policy("debian12.apt-cache-policy-packages.stdout", "git");

    assertThat(git.versions()).hasSize(2);
    assertThat(git.fromInstalledUp())
        .extracting(PackagePolicy.Version::version)
        .containsExactly("1:2.39.5-0+deb12u3");
  }

  @Test
  void seesTheSecurityFixBehindANewerBugFix() throws IOException {
    PackagePolicy masked = policy("debian12.apt-cache-policy-masked.stdout", "lab-mask");

    assertThat(masked.candidate()).isEqualTo("1.2");
    assertThat(masked.fromInstalledUp())
        .extracting(PackagePolicy.Version::version)
        .containsExactly("1.2", "1.1", "1.0");
  }

  /** As apt writes it on a host with the lists of ESM and no Ubuntu Pro to fetch from them. */
  @Test
  void seesWhatUbuntuProWouldHaveThoughAPinForbidsIt() throws IOException {
    String esm = "https://esm.ubuntu.com/infra/ubuntu jammy-infra-security/main amd64 Packages";
    String archive = "http://archive.test/ubuntu jammy-security/main amd64 Packages";
    PackagePolicy policy =
        PackagePolicy.parse(
                """
                libfoo1:
                  Installed: 1.0-1
                  Candidate: 1.0-1ubuntu0.1
                  Version table:
                     1.0-1ubuntu0.1+esm1 -32768
                       -32768 %s
                     1.0-1ubuntu0.1 500
                        500 %s
                 *** 1.0-1 100
                        100 /var/lib/dpkg/status
                """
                    .formatted(esm, archive))
            .getFirst();
    ReleaseTable releases =
        ReleaseTable.parse(
            """
            Package files:
             100 /var/lib/dpkg/status
                 release a=now
            -32768 %s
                 release v=22.04,o=UbuntuESM,a=jammy-infra-security,n=jammy,l=UbuntuESM,c=main,b=amd64
                 origin esm.ubuntu.com
             500 %s
                 release v=22.04,o=Ubuntu,a=jammy-security,n=jammy,l=Ubuntu,c=main,b=amd64
                 origin archive.test
            Pinned packages:
            """
                .formatted(esm, archive));

    assertThat(policy.candidate()).isEqualTo("1.0-1ubuntu0.1");
    assertThat(policy.fromInstalledUp())
        .extracting(PackagePolicy.Version::version)
        .containsExactly("1.0-1ubuntu0.1+esm1", "1.0-1ubuntu0.1");
    assertThat(releases.of(policy.versions().getFirst().sources()))
        .containsExactly(
            new Origin("UbuntuESM", "UbuntuESM", "jammy-infra-security", "jammy", "main"));
    assertThat(releases.of(policy.versions().get(1).sources()))
        .containsExactly(new Origin("Ubuntu", "Ubuntu", "jammy-security", "jammy", "main"));
  }

  @Test
  void knowsAListByItsReleaseFile() throws IOException {
    ReleaseTable releases = ReleaseTable.parse(Golden.read("debian12.apt-cache-policy.stdout"));

    assertThat(
            releases.of(
                List.of(
                    "http://archive.test/debian-security bookworm-security/main amd64 Packages")))
        .singleElement()
        .satisfies(
            origin -> {
              assertThat(origin.origin()).isEqualTo("Debian");
              assertThat(origin.label()).isEqualTo("Debian-Security");
              assertThat(origin.suite()).isEqualTo("oldstable-security");
              assertThat(origin.codename()).isEqualTo("bookworm-security");
              assertThat(origin.component()).isEqualTo("main");
            });
  }
}
