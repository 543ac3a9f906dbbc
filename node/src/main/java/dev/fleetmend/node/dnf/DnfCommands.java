package dev.fleetmend.node.dnf;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import dev.fleetmend.node.rpm.RpmLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of dnf, with the options that every call of ours carries. */
final class DnfCommands {
  /** Only what is asked for, and what that needs. */
  private static final String NO_WEAK = "--setopt=install_weak_deps=False";

  /** Removes nothing that was asked for by nobody: neither old kernels nor what nobody needs. */
  private static final List<String> REMOVE_NOTHING =
      List.of("--setopt=installonly_limit=0", "--setopt=clean_requirements_on_remove=False");

  private final Programs programs = new Programs(Map.of("TERM", "dumb", "COLUMNS", "250"));
  private final DnfPlaces places;

  DnfCommands(DnfPlaces places) {
    this.places = places;
  }

  /** Downloads what is new of the repositories' metadata. */
  ProgramResult makecache() throws IOException {
    return programs.run(
        command(places.generation().missingNone(), List.of("makecache", "--refresh")));
  }

  /** Asks about packages, of the downloaded metadata alone. */
  ProgramResult repoquery(List<String> arguments) throws IOException {
    return programs.run(command(List.of("-C", "-q"), unlocked(), List.of("repoquery"), arguments));
  }

  /** Says what an installation would do. */
  ProgramResult simulate(List<String> exact) throws IOException {
    return programs.run(
        command(
            List.of("-C", "--assumeno", NO_WEAK),
            unlocked(),
            REMOVE_NOTHING,
            List.of("install"),
            exact));
  }

  /** Downloads package files to a folder. */
  Process download(List<String> exact, Path folder, Path log) throws IOException {
    String to = "--destdir=" + folder.toAbsolutePath();
    return programs.start(command(List.of("download", to), exact), folder, log);
  }

  /** Installs package files, which were checked, and nothing from a repository. */
  Process install(List<String> files, Path log) throws IOException {
    List<String> ours =
        List.of("-y", "--disablerepo=*", "--setopt=localpkg_gpgcheck=False", NO_WEAK);
    return programs.start(
        command(ours, REMOVE_NOTHING, List.of("install"), files), Path.of("/"), log);
  }

  /** Notes that packages are there only because others need them. */
  ProgramResult markAutomatic(List<String> names) throws IOException {
    return programs.run(
        command(List.of("-C", "-y", "mark", places.generation().automatic()), names));
  }

  /**
   * dnf 5 has also who only looks wait for who works, and be that at a question that nobody
   * answers. Its first releases know no locks, nor the option.
   */
  private List<String> unlocked() throws IOException {
    for (Path lock : places.generation().locks()) {
      if (Files.isWritable(lock) && RpmLock.isHeld(lock)) {
        return places.generation().withoutLocks();
      }
    }
    return List.of();
  }

  @SafeVarargs
  private List<String> command(List<String>... parts) {
    List<String> line = new ArrayList<>();
    line.add(places.generation().program());
    line.addAll(places.options());
    for (List<String> part : parts) {
      line.addAll(part);
    }
    return line;
  }
}
