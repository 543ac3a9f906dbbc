package dev.fleetmend.node.apt;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command lines of apt and dpkg, with the options that every call of ours carries. */
final class AptCommands {
  /** No question is ever asked, and nothing restarts services or opens a pager behind our back. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DEBIAN_FRONTEND", "noninteractive",
          "DEBIAN_PRIORITY", "critical",
          "DEBCONF_NONINTERACTIVE_SEEN", "true",
          "UCF_FORCE_CONFFOLD", "1",
          "NEEDRESTART_MODE", "l",
          "NEEDRESTART_SUSPEND", "1",
          "APT_LISTCHANGES_FRONTEND", "none",
          "APT_LISTBUGS_FRONTEND", "none",
          "TERM", "dumb");

  /** Configuration files stay as they are; a new default of an untouched one is taken. */
  private static final List<String> KEEP_CONFIGURATION =
      List.of("--force-confdef", "--force-confold");

  private final Programs programs = new Programs(ENVIRONMENT);
  private final List<String> options;

  /**
   * @param options of apt, {@code -o NAME=VALUE}
   */
  AptCommands(List<String> options) {
    this.options = List.copyOf(options);
  }

  ProgramResult aptCache(List<String> arguments) throws IOException {
    return programs.run(command("apt-cache", List.of(), arguments));
  }

  ProgramResult aptGet(List<String> arguments) throws IOException {
    return programs.run(command("apt-get", List.of(), arguments));
  }

  ProgramResult aptMark(List<String> arguments) throws IOException {
    return programs.run(command("apt-mark", List.of(), arguments));
  }

  ProgramResult dpkg(List<String> arguments) throws IOException {
    return programs.run(command("dpkg", arguments));
  }

  ProgramResult dpkgDeb(List<String> arguments) throws IOException {
    return programs.run(command("dpkg-deb", arguments));
  }

  ProgramResult dpkgQuery(List<String> arguments) throws IOException {
    return programs.run(command("dpkg-query", arguments));
  }

  /** A package list's text, however it is compressed. */
  Process list(Path file) throws IOException {
    return programs.stream(List.of("/usr/lib/apt/apt-helper", "cat-file", file.toString()));
  }

  /** Fetches into a folder. */
  Process download(List<String> arguments, Path folder, Path log) throws IOException {
    return programs.start(command("apt-get", List.of("-q"), arguments), folder, log);
  }

  /**
   * Changes packages. (Not with APT::Status-Fd=1: apt closes that descriptor to package scripts,
   * whose first echo then fails.)
   */
  Process change(List<String> arguments, Path log) throws IOException {
    List<String> ours = new ArrayList<>(List.of("-y", "-q"));
    for (String option : KEEP_CONFIGURATION) {
      ours.addAll(List.of("-o", "Dpkg::Options::=" + option));
    }
    ours.addAll(List.of("-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=60"));
    return programs.start(command("apt-get", ours, arguments), Path.of("/"), log);
  }

  /** Configures what was left unconfigured. */
  Process configureAll(Path log) throws IOException {
    List<String> arguments = new ArrayList<>(KEEP_CONFIGURATION);
    arguments.addAll(List.of("--configure", "-a"));
    return programs.start(command("dpkg", arguments), Path.of("/"), log);
  }

  /** Installs package files without apt. */
  Process unpackAll(List<String> files, Path log) throws IOException {
    List<String> arguments = new ArrayList<>(KEEP_CONFIGURATION);
    arguments.addAll(List.of("--auto-deconfigure", "--install", "--"));
    arguments.addAll(files);
    return programs.start(command("dpkg", arguments), Path.of("/"), log);
  }

  /** Removes packages without apt, and those too that dpkg wants reinstalled first. */
  Process purge(List<String> names, Path log) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--force-remove-reinstreq", "--purge", "--"));
    arguments.addAll(names);
    return programs.start(command("dpkg", arguments), Path.of("/"), log);
  }

  private List<String> command(String program, List<String> ours, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(program);
    line.addAll(options);
    line.addAll(ours);
    line.addAll(arguments);
    return line;
  }

  private static List<String> command(String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(program);
    line.addAll(arguments);
    return line;
  }
}
