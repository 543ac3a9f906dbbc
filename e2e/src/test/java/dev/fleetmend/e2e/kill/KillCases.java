package dev.fleetmend.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.e2e.apt.PatchedHost;
import dev.fleetmend.e2e.kill.KillRig.Moment;
import dev.fleetmend.e2e.kill.KillRig.Victim;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Lab;
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
 * Kills the agent, the package manager and the tool below it, and cuts the power, in every phase of
 * installing and undoing. What was killed goes on, or the same command does when it is said again;
 * then every package is wholly new (after an Uninstall wholly old), and report, journal and the
 * package database agree. {@code -Dfleetmend.kills=N} sets how many times each phase is hit in the
 * long run, {@code -Dfleetmend.seed=N} repeats one.
 */
@Tag("lab")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KillCases {
  private static final List<Victim> ALL = List.of(Victim.values());
  private static final List<Victim> NO_TOOL = List.of(Victim.AGENT, Victim.MANAGER, Victim.POWER);
  private static final List<Victim> NO_MANAGER = List.of(Victim.AGENT, Victim.POWER);
  private static final List<Moment> WHILE_UNDOING =
      List.of(Moment.EXTRACTING, Moment.POSTINST, Moment.PREINST);

  /** One kill; what is counted under. */
  protected record Kill(String phase, Moment moment, Victim victim) {
    @Override
    public String toString() {
      return phase + " x " + victim;
    }
  }

  private final long seed = Long.getLong("fleetmend.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Integer> hits = new TreeMap<>();
  private Lab lab;

  /** Why this machine has no such hosts, if it has none. */
  protected abstract Optional<String> obstacle();

  /** Makes the archive with the packages in their old and new versions. */
  protected abstract void fill(Lab opened);

  /** Boots a host that has the packages in their old versions, and is offered the new ones. */
  protected abstract KillHost boot(Lab opened, String name);

  @BeforeAll
  void open(@TempDir Path folder) {
    obstacle().ifPresent(Assumptions::abort);
    lab = Lab.open(folder.resolve("lab"));
    fill(lab);
  }

  @AfterAll
  void close() {
    System.out.println("KILLS " + getClass().getName() + " seed=" + seed + " " + hits);
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void eachPhaseIsKilledAndEveryPackageIsWhole() throws IOException {
    List<Kill> installing =
        List.of(
            new Kill("fetch", Moment.FETCHING, Victim.AGENT),
            new Kill("unpack", Moment.EXTRACTING, Victim.MANAGER),
            new Kill("configure", Moment.POSTINST, Victim.ALL),
            new Kill("journal write", Moment.JOURNALLING, Victim.AGENT));
    List<Kill> undoing =
        List.of(
            new Kill("undo", Moment.EXTRACTING, Victim.TOOL),
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
      installing.add(new Kill("fetch", Moment.FETCHING, turn(NO_TOOL, i)));
      installing.add(new Kill("unpack", unpack, turn(ALL, i)));
      installing.add(new Kill("configure", Moment.POSTINST, turn(ALL, i)));
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i), turn(ALL, i)));
      Kill journal = new Kill("journal write", Moment.JOURNALLING, turn(NO_MANAGER, i));
      (i % 2 == 0 ? installing : undoing).add(journal);
      Kill more = new Kill("journal write", Moment.JOURNALLING, turn(NO_MANAGER, i / 2));
      (i % 2 == 0 ? undoing : installing).add(more);
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i / 3), turn(ALL, i + 1)));
      undoing.add(new Kill("undo", turn(WHILE_UNDOING, i + 1), turn(ALL, i + 2)));
    }
    killInTurn(installing, undoing);
  }

  private static <T> T turn(List<T> all, int i) {
    return all.get(i % all.size());
  }

  private void killInTurn(List<Kill> installingOnce, List<Kill> undoingOnce) throws IOException {
    assertThat(undoingOnce).hasSameSizeAs(installingOnce);
    int planned = installingOnce.size();
    List<Kill> installing = new ArrayList<>(installingOnce);
    List<Kill> undoing = new ArrayList<>(undoingOnce);
    try (KillHost host = boot(lab, "killed-" + planned)) {
      KillRig rig = new KillRig(host, random);
      host.prepare();
      String before = host.installed();
      String plan = "plan=" + host.plan().asked();

      for (int i = 0; i < installing.size(); i++) {
        host.patched().host().exec("rm", "-f", "/var/lib/fleetmend/quarantine").orThrow();
        boolean hit =
            through(rig, host, installing.get(i), "install-" + i, "Operation=Install", plan);
        host.change(i);
        hit &= through(rig, host, undoing.get(i), "uninstall-" + i, "Operation=Uninstall", plan);
        assertThat(host.installed()).isEqualTo(before);
        if (!hit) { // its package manager was done sooner than the chance had it: once more
          installing.add(installing.get(i));
          undoing.add(undoing.get(i));
          assertThat(installing)
              .as("kills, those that missed among them")
              .hasSizeLessThan(2 * planned);
        }
        if (i == 0) {
          host.moveOn();
        }
      }
    }
  }

  /** Returns whether something was killed. */
  private boolean through(
      KillRig rig, KillHost host, Kill kill, String command, String operation, String plan)
      throws IOException {
    String context = "seed " + seed + ", " + kill + " at " + kill.moment() + " of " + command;
    String[] arguments = {operation, "RebootOption=NoReboot", plan};
    Supplier<Process> start = () -> host.patched().command(command, arguments).start();
    Optional<Process> going = rig.kill(kill.moment(), kill.victim(), start);
    boolean hit = !rig.missed();
    hits.merge(hit ? kill.toString() : "missed", 1, Integer::sum);
    String said =
        going.isEmpty()
            ? ""
            : new String(going.get().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (int tries = 0; tries < 3 && PatchedHost.reported(said).isEmpty(); tries++) {
      ExecResult end = host.patched().patch(command, arguments);
      context += ", " + end;
      said = end.stdout();
    }
    agree(host, operation.equals("Operation=Install"), said, context);
    return hit;
  }

  /** What was reported stands, and nothing else does. */
  private static void agree(KillHost host, boolean install, String said, String context) {
    assertThat(host.standing()).as(context).isEqualTo(host.plan().standing(install));
    assertThat(PatchedHost.reported(said))
        .as(context)
        .containsExactlyInAnyOrderElementsOf(host.plan().reported(install));
    assertThat(said).as(context).doesNotContain("UNFINISHED");
    assertThat(host.patched().phase()).as(context).isEqualTo("DONE");
    assertThat(host.troubles()).as(context).isEmpty();
    assertThat(host.patched().host().exec("cat", KillRig.OVERLAPS).stdout()).as(context).isEmpty();
  }
}
