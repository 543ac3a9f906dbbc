package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.ChangeListener;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.node.program.Finish;
import dev.fleetmend.node.rpm.RpmFiles.RpmFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes that rpm makes by itself from package files: all at once, versions older than the
 * installed ones too, without a repository. Said again after they were killed they replay what was
 * left in the middle.
 */
public final class RpmChanges {
  private static final List<String> BACK = List.of("-U", "--oldpackage", "--replacepkgs");

  /** For kernels and their like: an update would remove the versions that stand beside. */
  private static final List<String> BESIDE = List.of("-i", "--oldpackage", "--replacepkgs");

  /** Above it Java puts the signal that ended a process. */
  private static final int SIGNALLED = 128;

  private static final int BETWEEN_LOOKS_MS = 50;
  private static final int MOST_TRIES = 3;

  /** As dnf tells of it, and dnf 5 of the end of what comes before; rpm itself does not. */
  private static final Pattern SCRIPT_RUNS =
      Pattern.compile(
          "(?m)^ *(?:Running scriptlet|Cleanup) *:|^\\[ *\\d+/\\d+\\] Prepare transaction .*100%");

  private final RpmCommands commands;
  private final RpmDatabase database;
  private final RpmFiles files;
  private final RunningKernel kernel;
  private final InDoubt inDoubt;

  /** On this host. */
  public RpmChanges(RpmCommands commands, RpmDatabase database, InDoubt inDoubt) {
    this.commands = commands;
    this.database = database;
    this.files = new RpmFiles(commands);
    this.kernel = RunningKernel.ofThisHost();
    this.inDoubt = inDoubt;
  }

  /** How a program that changes packages is started. */
  @FunctionalInterface
  public interface Start {
    /** Starts it; all that it says goes to its log. */
    Process run() throws IOException;
  }

  /**
   * Runs a program that changes packages to its end.
   *
   * @param changing what it changes, which is in doubt until the end
   * @return whether it was killed
   */
  public boolean run(Start start, Collection<PackageId> changing, Path log) throws IOException {
    return run(start, changing, log, () -> {});
  }

  /**
   * As {@link #run(Start, Collection, Path)}.
   *
   * @param listener told once the first script of a package runs
   */
  public boolean run(Start start, Collection<PackageId> changing, Path log, ChangeListener listener)
      throws IOException {
    inDoubt.begin(changing, log);
    long from = InDoubt.size(log);
    Process process = start.run();
    boolean told = false;
    while (!told && !endedSoon(process)) {
      if (SCRIPT_RUNS.matcher(InDoubt.newest(log, from)).find()) {
        told = true;
        listener.configuring();
      }
    }
    boolean killed = Finish.of(process) > SIGNALLED;
    if (!killed) {
      inDoubt.end(changing);
    }
    return killed;
  }

  private static boolean endedSoon(Process process) {
    try {
      return process.waitFor(BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Finish.of(process);
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The regular files in a package file, with their bytes. */
  public Map<Path, Long> contents(Path packageFile) throws IOException {
    return files.sizes(packageFile);
  }

  /** Tries {@link #putBack} without doing it. */
  public Simulation simulatePutBack(Collection<Path> paths, Collection<PackageId> leaving)
      throws IOException {
    PutBackPlan plan = PutBackPlan.of(files.read(paths), database);
    Trial trial = trial();
    String why = trial.of(BACK, plan.arriving(), leaving).why();
    if (why.isEmpty()) {
      why = trial.of(BESIDE, plan.beside(), leaving).why();
    }
    return new Simulation(why.isEmpty(), plan.changes(), why);
  }

  private Trial trial() throws IOException {
    return new Trial(commands, files, database.packages());
  }

  /**
   * Installs versions, older ones too, from their package files, all at once. Of a kernel whose
   * file is installed the newer versions leave, except the running one.
   *
   * @param leaving packages that are removed right after
   * @return whether it was killed before its end
   */
  public boolean putBack(
      Collection<Path> paths, Collection<PackageId> leaving, Path log, ChangeListener listener)
      throws IOException {
    PutBackPlan plan = PutBackPlan.of(files.read(paths), database);
    listener.configuring();
    if (putIn(BACK, plan.arriving(), leaving, log) || putIn(BESIDE, plan.beside(), leaving, log)) {
      return true;
    }
    return erase(plan.leaving(), log);
  }

  /**
   * Removes what a killed transaction left beside the files that package files bring, if one is
   * still in doubt.
   */
  public void clearAway(Collection<Path> packageFiles) throws IOException {
    if (!inDoubt.packages().isEmpty()) {
      for (Path one : packageFiles) {
        Leftovers.remove(files.paths(one));
      }
    }
  }

  /** Whether rpm was killed before the files were in. */
  private boolean putIn(
      List<String> how, List<RpmFile> arriving, Collection<PackageId> leaving, Path log)
      throws IOException {
    if (arriving.isEmpty()) {
      return false;
    }
    List<String> arguments =
        Trial.arguments(how, trial().of(how, arriving, leaving).options(), arriving);
    List<PackageId> ids = arriving.stream().map(one -> one.of().id()).toList();
    clearAway(arriving.stream().map(RpmFile::path).toList());
    return run(() -> commands.change(arguments, log), ids, log);
  }

  /** As the same method of the package manager: without looking at what packages need. */
  public void finish(Collection<Path> paths, Collection<PackageId> going, Path log)
      throws IOException {
    Map<Boolean, List<RpmFile>> beside =
        files.read(paths).stream().collect(Collectors.partitioningBy(RpmFile::multiVersion));
    insist(BACK, beside.getOrDefault(false, List.of()), going, log);
    insist(BESIDE, beside.getOrDefault(true, List.of()), going, log);
    Set<PackageId> there = present();
    List<PackageId> leaving = going.stream().filter(there::contains).toList();
    if (!leaving.isEmpty()) {
      List<String> arguments = new ArrayList<>(List.of("-e", "--nodeps", "--allmatches"));
      leaving.forEach(id -> arguments.add(RpmNames.of(id)));
      run(() -> commands.change(arguments, log), leaving, log);
    }
  }

  private void insist(
      List<String> how, List<RpmFile> arriving, Collection<PackageId> going, Path log)
      throws IOException {
    List<String> without = new ArrayList<>(how);
    without.add("--nodeps");
    int tries = 1;
    while (putIn(without, arriving, going, log) && tries < MOST_TRIES) {
      tries++;
    }
  }

  /** The packages that would have to leave if these did, themselves included. */
  public List<PackageId> leavingWith(Collection<PackageId> packages) throws IOException {
    Map<String, RpmPackage> byName =
        database.packages().stream()
            .collect(
                Collectors.toMap(
                    one -> RpmNames.exact(one.exact()), Function.identity(), (a, b) -> a));
    Set<PackageId> there = byName.values().stream().map(RpmPackage::id).collect(Collectors.toSet());
    Set<PackageId> leaving = new LinkedHashSet<>(packages);
    leaving.retainAll(there);
    boolean grew = !leaving.isEmpty();
    while (grew) {
      List<String> arguments = new ArrayList<>(List.of("-e", "--test", "--allmatches"));
      leaving.forEach(id -> arguments.add(RpmNames.of(id)));
      String said = commands.rpm(arguments).errors();
      grew = false;
      for (String full : Trial.neededBy(said)) {
        RpmPackage needing = byName.get(full);
        grew |= needing != null && leaving.add(needing.id());
      }
    }
    return List.copyOf(leaving);
  }

  /**
   * Removes packages; configuration files that were edited are left beside with the ending {@code
   * .rpmsave}.
   *
   * @return whether it was killed before its end
   */
  public boolean remove(Collection<PackageId> packages, Path log) throws IOException {
    Set<PackageId> there = present();
    List<PackageId> leaving = packages.stream().filter(there::contains).toList();
    List<String> arguments = new ArrayList<>(List.of("-e", "--allmatches"));
    leaving.forEach(id -> arguments.add(RpmNames.of(id)));
    return !leaving.isEmpty() && run(() -> commands.change(arguments, log), leaving, log);
  }

  private boolean erase(List<RpmPackage> leaving, Path log) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-e"));
    for (RpmPackage one : leaving) {
      String exact = RpmNames.exact(one.exact());
      if (kernel.is(one)) {
        append(log, "error: " + exact + ": is of the running kernel and stays; boot another first");
      } else {
        arguments.add(exact);
      }
    }
    return arguments.size() > 1 && run(() -> commands.change(arguments, log), List.of(), log);
  }

  private Set<PackageId> present() throws IOException {
    return database.packages().stream().map(RpmPackage::id).collect(Collectors.toSet());
  }

  private static void append(Path log, String line) throws IOException {
    Files.write(
        log,
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
