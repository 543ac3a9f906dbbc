package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repositories that cannot be read: what a run then says of the lists it goes by. */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenRepositoryTest {
  private static final String NOT_REFRESHED = "The package lists could not be refreshed: ";

  /** As after three hours without a refresh. */
  private static final String MAKE_OLD =
      "rm -f /var/lib/fleetmend/*/lists-refreshed;"
          + " touch -cd '3 hours ago' /var/cache/*dnf*/*/repodata/* /var/cache/zypp/raw/*/repodata/*"
          + " /var/lib/fleetmend/yum/cache/*/cachecookie";

  private Lab lab;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest
  @EnumSource(RpmFamily.class)
  void listsThatCannotBeRefreshedAreNamedUntilTheyCan(RpmFamily family) throws IOException {
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
    RpmArchive archive =
        lab.rpmArchive(family)
            .add(RpmRepository.BASE, Rpm.of("lab-good", "1.0"))
            .add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.1"))
            .publish();
    try (PatchedHost patched = PatchedHost.boot(lab, "broken-" + name(family), family.root())) {
      archive.installReleased(patched.host());
      archive.add(RpmRepository.UPDATES, Rpm.of("lab-good", "1.2")).publish();
      List<Path> damaged = damage(family);
      patched.host().exec("sh", "-c", MAKE_OLD).orThrow();

      assertThat(run(patched, "broken")).contains(NOT_REFRESHED).contains("lab-updates");
      assertThat(run(patched, "still-broken")).contains(NOT_REFRESHED);

      damaged.forEach(BrokenRepositoryTest::remove);
      archive.publish();
      assertThat(run(patched, "whole")).doesNotContain("The package lists");
      addRepositoryThatIsNowhere(patched, family);
      assertThat(run(patched, "unknown"))
          .contains("The package lists were never fetched")
          .contains(NOT_REFRESHED)
          .contains("lab-nowhere");
    }
  }

  private static String name(RpmFamily family) {
    return family.name().toLowerCase(Locale.ROOT);
  }

  private static String run(PatchedHost patched, String id) {
    return patched.patch(id, "Operation=Install", "RebootOption=NoReboot", "plan=none").orThrow();
  }

  /** The index says that the packages' list is another than it is. */
  private List<Path> damage(RpmFamily family) throws IOException {
    Path repodata = lab.archives().resolve("rpm-" + name(family)).resolve("lab-updates/repodata");
    try (Stream<Path> files = Files.list(repodata)) {
      List<Path> lists = files.filter(file -> file.toString().contains("primary.xml")).toList();
      assertThat(lists).isNotEmpty();
      for (Path list : lists) {
        Files.writeString(list, "damaged");
      }
      return lists;
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** dnf 4 passes it over and says that all is well, dnf 5 says nothing at all. */
  private static void addRepositoryThatIsNowhere(PatchedHost patched, RpmFamily family) {
    String folder = family.sources();
    patched
        .host()
        .write(
            folder + "/lab-nowhere.repo",
            """
            [lab-nowhere]
            name=lab-nowhere
            enabled=1
            skip_if_unavailable=1
            baseurl=file:///srv/nowhere
            gpgcheck=1
            """);
  }
}
