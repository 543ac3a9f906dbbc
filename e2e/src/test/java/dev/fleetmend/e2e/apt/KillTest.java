package dev.fleetmend.e2e.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.KillRig.Moment;
import dev.fleetmend.e2e.apt.KillRig.Victim;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.Suite;
import dev.fleetmend.lab.SyntheticArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the agent, apt and dpkg, and cuts the power, in every phase of installing and undoing. What
 * was killed goes on, or the same command does when it is said again; then every package is wholly
 * new (after an Uninstall wholly old), and report, journal and dpkg agree. {@code
 * -Dfleetmend.kills=N} sets how many times each phase is hit in the long run, {@code
 * -Dfleetmend.seed=N} repeats one.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {
  private static final List<Victim> ALL = List.of(Victim.values());
  private static final List<Victim> NO_DPKG = List.of(Victim.AGENT, Victim.APT, Victim.POWER);
  private static final List<Victim> NO_APT = List.of(Victim.AGENT, Victim.POWER);
  private static final List<Moment> WHILE_UNDOING =
      List.of(Moment.EXTRACTING, Moment.POSTINST, Moment.PREINST);

  /** One kill; what is counted under. */
  private record Kill(String phase, Moment moment, Victim victim) {
    @Override
    public String toString() {
      return phase + " x " + victim;
    }
  }

  private final long seed = Long.getLong("fleetmend.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Integer> hits = new TreeMap<>();
  private Lab lab;
  private SyntheticArchive archive;

  @BeforeAll
  void open(@TempDir Path folder) {
    Lab.obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    archive = lab.syntheticArchive();
    KillRig.fill(archive);
  }

  @AfterAll
  void close() {
    System.out.println("KILLS seed=" + seed + " " + hits);
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void eachPhaseIsKilledAndEveryPackageIsWhole() throws IOException {
    List<Kill> installing =
        List.of(
            new Kill("fetch", Moment.FETCHING, Victim.AGENT),
            new Kill("unpack", Moment.EXTRACTING, Victim.APT),
            new Kill("configure", Moment.POSTINST, Victim.ALL),
            new Kill("journal write", Moment.JOURNALLING, Victim.AGENT));
    List<Kill> undoing =
        List.of(
            new Kill("undo", Moment.EXTRACTING, Victim.DPKG),
            new Kill("undo", Moment.POSTINST, Victim.AGENT),
            new Kill("undo", Moment.EXTRACTING, Victim.POWER),
            new Kill("journal write", Moment.JOURNALLING, Victim.POWER));
    killInTurn(installing, undoing);
  }

  @Test
  @Tag("soak")
  void eachPhaseIsKilledManyTimesAndEveryPackageIsWhole() throws IOException {
    int kills = Integer.getInteger("fleetmend.kills", 20);
    List<Kill> installing = new ArrayList<>();
    List<Kill> undoing = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      Moment unpack = i / ALL.size() % 2 == 0 ? Moment.EXTRACTING : Moment.PREINST;
      installing.add(new Kill("fetch", Moment.FETCHING, turn(NO_DPKG, i)));
      installing.add(new Kill("unpack", unpack, turn(ALL, i)));
      installing.add(new Kill("configure", Moment.POSTINST, turn(ALL, i)));
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i), turn(ALL, i)));
      Kill journal = new Kill("journal write", Moment.JOURNALLING, turn(NO_APT, i));
      (i % 2 == 0 ? installing : undoing).add(journal);
      Kill more = new Kill("journal write", Moment.JOURNALLING, turn(NO_APT, i / 2));
      (i % 2 == 0 ? undoing : installing).add(more);
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i / 3), turn(ALL, i + 1)));
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i + 1), turn(ALL, i + 2)));
    }
    killInTurn(installing, undoing);
  }

  private static <T> T turn(List<T> all, int i) {
    return all.get(i % all.size());
  }

  private void killInTurn(List<Kill> installing, List<Kill> undoing) throws IOException {
    assertThat(undoing).hasSameSizeAs(installing);
    String name = "killed-" + installing.size();
    try (PatchedHost patched = PatchedHost.boot(lab, name, BaseRoot.DEBIAN_MINIMAL)) {
      KillRig rig = new KillRig(patched, random);
      rig.prepare();
      archive.offer(patched.host(), Suite.RELEASE);
      patched.apt("install", KillRig.PACKAGES.getLast()).orThrow();
      patched.apt("clean").orThrow();
      archive.offer(patched.host(), Suite.values());
      String before = patched.dpkgQuery();
      String plan = "plan=" + String.join(":1.1,", KillRig.PACKAGES) + ":1.1";

      for (int i = 0; i < installing.size(); i++) {
        patched.host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
        through(rig, patched, installing.get(i), "install-" + i, "Operation=Install", plan);
        for (String one : KillRig.PACKAGES) {
          assertThat(patched.standing()).containsEntry(one, "1.1 ii");
        }
        through(rig, patched, undoing.get(i), "uninstall-" + i, "Operation=Uninstall", plan);
        assertThat(patched.dpkgQuery()).isEqualTo(before);
        if (i == 0) {
          archive.offer(patched.host(), Suite.SECURITY); // the archive moves on
        }
      }
    }
  }

  private void through(
      KillRig rig, PatchedHost patched, Kill kill, String command, String operation, String plan)
      throws IOException {
    String context = "seed " + seed + ", " + kill + " at " + kill.moment() + " of " + command;
    String[] arguments = {operation, "RebootOption=NoReboot", plan};
    Supplier<Process> start = () -> patched.command(command, arguments).start();
    Optional<Process> going = rig.kill(kill.moment(), kill.victim(), start);
    hits.merge(kill.toString(), 1, Integer::sum);
    String said =
        going.isEmpty()
            ? ""
            : new String(going.get().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (int tries = 0; tries < 3 && PatchedHost.reported(said).isEmpty(); tries++) {
      ExecResult end = patched.patch(command, arguments);
      context += ", " + end;
      said = end.stdout();
    }
    agree(patched, said, context);
  }

  /** What was reported stands, and nothing else does. */
  private static void agree(PatchedHost patched, String said, String context) {
    Map<String, String> standing = patched.standing();
    List<String> reported = PatchedHost.reported(said);
    List<String> should = new ArrayList<>();
    for (String name : KillRig.PACKAGES) {
      String[] word = standing.getOrDefault(name, "none none").split(" ", -1);
      assertThat(word[1]).as(name + ", " + context).isEqualTo("ii");
      String kind = context.contains("uninstall-") ? "Rollback " : "Install ";
      String from = word[0].equals("1.1") ? "1.0" : "1.1";
      should.add(kind + name + " " + from + " " + word[0] + " DONE");
    }
    assertThat(reported).as(context).containsExactlyInAnyOrderElementsOf(should);
    assertThat(said).as(context).doesNotContain("UNFINISHED");
    assertThat(patched.phase()).as(context).isEqualTo("DONE");
    assertThat(patched.host().exec("dpkg", "--audit").orThrow()).as(context).isEmpty();
    assertThat(patched.host().exec("ls", "/etc", "/usr/lib/lab", "/var/lib/dpkg/updates").stdout())
        .as(context)
        .doesNotContain(".dpkg-", "fleetmend-new", "0000");
    assertThat(patched.host().exec("cat", KillRig.OVERLAPS).stdout()).as(context).isEmpty();
  }
}
