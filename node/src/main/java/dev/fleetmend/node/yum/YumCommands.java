package dev.fleetmend.node.yum;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of yum, with the options that every call of ours carries. */
final class YumCommands {
  /** Removes nothing that was asked for by nobody: neither old kernels nor what nobody needs. */
  private static final List<String> REMOVE_NOTHING =
      List.of("--setopt=installonly_limit=0", "--setopt=clean_requirements_on_remove=0");

  /** Else every trial leaves a file in the folder of temporary files. */
  private static final String SAVE_NOTHING = "--setopt=autosavets=0";

  /** No locale that RHEL 7 lacks. */
  private final Programs programs = new Programs(Map.of("TERM", "dumb", "LC_ALL", "C"));

  private final List<String> options;

  /**
   * Metadata come as XML and with the notices.
   *
   * @param cache the folder for them
   * @param more options, for yum to leave its own folders alone
   */
  YumCommands(Path cache, List<String> more) {
    List<String> all = new ArrayList<>();
    all.add("--setopt=cachedir=" + cache.toAbsolutePath());
    all.add("--setopt=mddownloadpolicy=xml");
    all.add("--setopt=mdpolicy=group:small");
    all.add("--setopt=exit_on_lock=1"); // else yum waits for another one without end
    all.addAll(more);
    this.options = List.copyOf(all);
  }

  /** Downloads what is new of the repositories' metadata. */
  ProgramResult makecache() throws IOException {
    return programs.run(command(List.of("-q", "makecache", "fast")));
  }

  /** Downloads the notices of those repositories whose are not there. */
  ProgramResult notices() throws IOException {
    return programs.run(command(List.of("-q", "updateinfo", "summary")));
  }

  /** Says what an installation would do. */
  ProgramResult simulate(List<String> exact) throws IOException {
    return programs.run(
        command(
            List.of("-C", "--assumeno", SAVE_NOTHING), REMOVE_NOTHING, List.of("install"), exact));
  }

  /** Installs package files, which were checked, and nothing from a repository. */
  Process install(List<String> files, Path log) throws IOException {
    List<String> ours = List.of("-y", "-C", "--disablerepo=*", "--nogpgcheck", SAVE_NOTHING);
    return programs.start(
        command(ours, REMOVE_NOTHING, List.of("localinstall"), files), Path.of("/"), log);
  }

  @SafeVarargs
  private List<String> command(List<String>... parts) {
    List<String> line = new ArrayList<>();
    line.add("yum");
    line.addAll(options);
    for (List<String> part : parts) {
      line.addAll(part);
    }
    return line;
  }
}
