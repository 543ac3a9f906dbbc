package dev.fleetmend.e2e.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Rpm;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.lab.RpmRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Undoing what is awkward to undo: replaced packages, edited configuration, several installations,
 * and what stands against it. One host a family; each test leaves it as it found it.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class UndoCases {
  private static final String INSTALL = "Operation=Install";
  private static final String UNINSTALL = "Operation=Uninstall";
  private static final String NO_REBOOT = "RebootOption=NoReboot";
  private static final String SHARED = "/usr/lib/lab/shared";

  private final RpmFamily family;
  private Lab lab;
  private RpmArchive archive;
  private RpmPatchedHost host;
  private String before = "";
  private int runs;

  protected UndoCases(RpmFamily family) {
    this.family = family;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    lab.obstacle(family.root()).ifPresent(Assumptions::abort);
    archive = lab.rpmArchive(family);
    String kernel = family.kernel();
    String running = System.getProperty("os.version");
    base(Rpm.of("lab-good", "1.0"));
    base(Rpm.of("lab-lib", "1.0"));
    base(Rpm.of("lab-old", "1.0").withFile(SHARED, "old").withConfigNoReplace("setting=old\n"));
    base(Rpm.of("lab-user", "1.0").withTag("Requires", "lab-old"));
    base(Rpm.of("lab-part", "1.0"));
    base(Rpm.of("lab-top", "1.0"));
    base(Rpm.of("lab-host", "1.0"));
    base(Rpm.of("lab-kept", "1.0").withConfigNoReplace("setting=1.0\n"));
    base(Rpm.of("lab-put", "1.0").withConfig("setting=1.0\n"));
    base(Rpm.of("lab-late", "1.0").withConfigNoReplace("setting=1.0\n"));
    base(
        Rpm.of("lab-restless", "1.0")
            .withScript("post", "[ $1 = 1 ] || date >>/usr/lib/lab/lab-restless-1.0"));
    base(kernel(kernel, "6.1", "0.9.1-old"));
    update(Rpm.of("lab-good", "1.1"));
    update(Rpm.of("lab-good", "1.2"));
    update(Rpm.of("lab-lib", "1.1"));
    update(
        Rpm.of("lab-new", "2.0")
            .withTag("Obsoletes", "lab-old < 2.0")
            .withTag("Provides", "lab-old = 2.0")
            .withTag("Requires", "lab-lib >= 1.1")
            .withFile(SHARED, "new"));
    update(Rpm.of("lab-user", "1.1").withTag("Requires", "lab-new"));
    update(
        Rpm.of("lab-part-split", "1.0")
            .withTag("Obsoletes", "lab-part < 1.1")
            .withTag("Conflicts", "lab-part")
            .withTag("Requires", "lab-lib = 1.1"));
    update(Rpm.of("lab-top", "1.1").withTag("Requires", "lab-part-split"));
    update(
        Rpm.of("lab-host", "1.1")
            .withTag("Requires", "lab-clingy")
            .withFile("/usr/lib/systemd/system/lab-host.service", "[Unit]"));
    update(
        Rpm.of("lab-clingy", "1.0")
            .withScript(
                "preun", "[ $1 != 0 ] || [ -e /run/let-go ] || { echo I stay >&2; exit 1; }"));
    update(Rpm.of("lab-kept", "1.1").withConfigNoReplace("setting=1.1\n"));
    update(Rpm.of("lab-put", "1.1").withConfig("setting=1.1\n"));
    update(Rpm.of("lab-late", "1.1").withConfigNoReplace("setting=1.1\n"));
    update(Rpm.of("lab-restless", "1.1"));
    update(kernel(kernel, "6.2", running));
    archive.publish();
    host = RpmPatchedHost.released(lab, archive, family, "undo");
    before = host.packages();
  }

  private void base(Rpm rpm) {
    archive.add(RpmRepository.BASE, rpm);
  }

  private void update(Rpm rpm) {
    archive.add(RpmRepository.UPDATES, rpm);
  }

  private static Rpm kernel(String name, String version, String release) {
    return Rpm.of(name, version)
        .withTag("Provides", "multiversion(kernel)")
        .withFile("/boot/vmlinuz-" + release, version);
  }

  @AfterAll
  void close() {
    if (host != null) {
      host.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void startAfresh() {
    host.forgetTheQuarantine();
    before = host.packages();
  }

  private String install(String plan) {
    return host.patch("run-" + ++runs, INSTALL, NO_REBOOT, "plan=" + plan).orThrow();
  }

  private ExecResult undo(String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = UNINSTALL;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return host.patch("run-" + ++runs, arguments);
  }

  @Test
  void replacedPackagesComeBackFromTheVaultAndWhatTookTheirPlaceGoes() {
    host.host().write("/etc/lab-old.conf", "setting=mine\n");
    List<String> automatic = ofTheArchive(host.automatic());
    String preview =
        host.patch("preview-1", "Operation=PreviewInstall", "plan=lab-user,lab-top").orThrow();
    assertThat(preview)
        .contains("lab-new.noarch (not installed) -> 2.0-1")
        .contains("lab-old.noarch 1.0-1 -> (removed)")
        .contains("lab-part.noarch 1.0-1 -> (removed)")
        .containsPattern("downloads [1-9]\\d{3,} bytes")
        .doesNotContain("not revertible");

    String said = install("lab-user,lab-top");

    assertThat(PatchedHost.reported(said))
        .contains(
            "Install lab-user 1.0-1 1.1-1 DONE",
            "Install lab-new null 2.0-1 DONE",
            "Install lab-old 1.0-1 null DONE",
            "Install lab-part-split null 1.0-1 DONE",
            "Install lab-part 1.0-1 null DONE");
    assertThat(said).contains("lab-old.noarch 1.0-1 -> (removed): DONE (lab-new.noarch took its");
    assertThat(host.packages())
        .contains("lab-new-2.0-1.noarch", "lab-part-split-1.0-1.noarch")
        .doesNotContain("lab-old-", "lab-part-1.0");
    assertThat(host.host().read(SHARED)).isEqualTo("new\n");
    assertThat(host.automatic()).doesNotContain("lab-new", "lab-part-split");

    host.moveOn(archive);
    ExecResult back = undo();
    archive.offer(host.host(), RpmRepository.values());

    assertThat(back.exitCode()).as(back.toString()).isZero();
    assertThat(PatchedHost.reported(back.stdout()))
        .contains("Rollback lab-old null 1.0-1 DONE", "Rollback lab-new 2.0-1 null DONE");
    assertThat(host.packages()).isEqualTo(before);
    assertThat(host.host().read(SHARED)).isEqualTo("old\n");
    assertThat(host.host().read("/etc/lab-old.conf")).isEqualTo("setting=mine\n");
    assertThat(ofTheArchive(host.automatic())).isEqualTo(automatic);
    assertThat(host.host().read("/var/lib/fleetmend/quarantine")).contains("lab-new noarch 2.0-1");
    assertThat(host.host().exec("sh", "-c", "rpm -V --noconfig $(rpm -qa 'lab-*')").stdout())
        .isEmpty();
  }

  /** zypper marks packages of the distribution by itself, the first time that it puts one in. */
  private static List<String> ofTheArchive(List<String> names) {
    return names.stream().filter(name -> name.startsWith("lab-")).toList();
  }

  @Test
  void whatIsHeldIsNeitherReplacedNorTakenBack() {
    host.hold("lab-part");
    ExecResult refused = host.patch("run-" + ++runs, INSTALL, NO_REBOOT, "plan=lab-top,lab-good");
    host.unhold("lab-part");
    host.hold("lab-good");
    ExecResult undo = undo();
    host.unhold("lab-good");

    assertThat(PatchedHost.reported(refused.stdout()))
        .contains("Install lab-top 1.0-1 1.1-1 REFUSED", "Install lab-good 1.0-1 1.2-1 DONE");
    assertThat(refused.stdout()).contains("lab-part");
    assertThat(PatchedHost.reported(undo.stdout()))
        .contains("Rollback lab-good 1.2-1 1.0-1 REFUSED");
    assertThat(undo.stdout()).contains("held on this host since");
    undo().orThrow();
    assertThat(host.packages()).isEqualTo(before);
  }

  @Test
  void editedConfigurationIsAsItWasAndWhatCannotBeSoIsNamed() {
    host.host().write("/etc/lab-kept.conf", "setting=mine\n");
    host.host().write("/etc/lab-put.conf", "setting=mine\n");
    install("lab-kept,lab-put,lab-late,lab-host,lab-restless");
    assertThat(host.host().exec("ls", "/etc").stdout())
        .contains("lab-kept.conf.rpmnew", "lab-put.conf.rpmsave");
    host.host().write("/etc/lab-late.conf", "setting=mine since\n");
    String preview = host.patch("preview-2", "Operation=PreviewUninstall").orThrow();

    ExecResult undo = undo();
    ExecResult again = undo();
    host.host().exec("touch", "/run/let-go").orThrow();
    host.host().exec("rpm", "-e", "lab-clingy").orThrow();

    assertThat(preview).contains("restarts lab-host.service");
    assertThat(undo.exitCode()).as(undo.toString()).isEqualTo(1);
    assertThat(PatchedHost.reported(undo.stdout()))
        .contains("Rollback lab-host 1.1-1 1.0-1 DONE", "Rollback lab-clingy 1.0-1 null FAILED");
    assertThat(undo.stdout())
        .contains("lab-clingy.noarch 1.0-1 -> (removed): FAILED (stands at 1.0-1: %preun failed")
        .contains("I stay")
        .contains(
            "/usr/lib/lab/lab-restless-1.0 is not what it was, although lab-restless.noarch is")
        .contains("/etc/lab-late.conf was edited since");
    assertThat(PatchedHost.reported(again.stdout()))
        .containsExactly("Rollback lab-clingy 1.0-1 null FAILED");
    assertThat(host.packages()).isEqualTo(before);
    assertThat(host.host().read("/etc/lab-kept.conf")).isEqualTo("setting=mine\n");
    assertThat(host.host().read("/etc/lab-put.conf")).isEqualTo("setting=mine\n");
    assertThat(host.host().read("/etc/lab-late.conf")).isEqualTo("setting=mine since\n");
    assertThat(host.host().exec("ls", "/etc").stdout()).doesNotContain(".rpmnew", ".rpmsave");
  }

  @Test
  void goingBackOverSeveralInstallationsIsDoneInOrderOrNotAtAll() {
    install("lab-good:1.1-1");
    String first = host.patched().newestTransaction();
    install("lab-user");
    install("lab-good:1.2-1");

    ExecResult alone = undo("TransactionId=" + first);
    assertThat(alone.stderr()).contains("Nothing was done");
    assertThat(host.packages()).contains("lab-good-1.2-1.noarch", "lab-new-2.0-1.noarch");
    ExecResult chain = undo("TransactionId=" + first, "WithNewer=true");

    assertThat(chain.exitCode()).as(chain.toString()).isZero();
    List<String> reported = PatchedHost.reported(chain.stdout());
    assertThat(reported)
        .containsSubsequence(
            "Rollback lab-good 1.2-1 1.1-1 DONE", "Rollback lab-good 1.1-1 1.0-1 DONE")
        .contains("Rollback lab-old null 1.0-1 DONE");
    assertThat(host.packages()).isEqualTo(before);
  }

  @Test
  void theRunningKernelStaysAndAnotherOneIsBootedNext() {
    String name = family.kernel();
    install(name);

    String undo = undo().orThrow();
    String after = host.packages();
    host.host().exec("rpm", "-e", name + "-6.2").orThrow();

    assertThat(undo)
        .contains(name + ".noarch stays: the running kernel is in it")
        .contains("boot loader is not known: have it take kernel 0.9.1-old at next boot");
    assertThat(after).contains(name + "-6.1-1.noarch", name + "-6.2-1.noarch");
    assertThat(host.packages()).isEqualTo(before);
  }
}
