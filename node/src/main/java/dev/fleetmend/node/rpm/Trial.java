package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.RpmFiles.RpmFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tries with {@code rpm --test} whether package files can be put in before other packages are
 * removed. rpm has no command that does both at once; what only those packages stand against is
 * overridden, so that nothing is ever missing in between.
 */
final class Trial {
  private static final String NO_DEPENDENCIES = "--nodeps";
  private static final String OVER_FILES = "--replacefiles";

  private static final Pattern NEEDED =
      Pattern.compile("^\\s+(\\S+)(?: .*)? is needed by \\(installed\\) (\\S+)$");
  private static final Pattern AGAINST =
      Pattern.compile("^\\s+.* (?:conflicts with|is obsoleted by) \\(installed\\) (\\S+)$");
  private static final Pattern FILE =
      Pattern.compile("^\\s+file .* from install of \\S+ conflicts with file from package (\\S+)$");

  private static final int MOST_REASONS = 6;

  private final RpmCommands commands;
  private final RpmFiles files;
  private final List<RpmPackage> installed;

  /**
   * @param installed what is installed now
   */
  Trial(RpmCommands commands, RpmFiles files, List<RpmPackage> installed) {
    this.commands = commands;
    this.files = files;
    this.installed = List.copyOf(installed);
  }

  /**
   * How it went.
   *
   * @param why rpm's reason against it, empty where there is none
   * @param options that rpm must be given for it
   */
  record Verdict(String why, List<String> options) {
    Verdict {
      options = List.copyOf(options);
    }
  }

  /**
   * Tries it.
   *
   * @param how rpm's own options
   * @param leaving packages that are removed right after; one that others need does not count
   */
  Verdict of(List<String> how, List<RpmFile> arriving, Collection<PackageId> leaving)
      throws IOException {
    if (arriving.isEmpty()) {
      return new Verdict("", List.of());
    }
    List<String> options = new ArrayList<>();
    Set<String> free = null;
    while (true) {
      ProgramResult result = test(how, options, arriving);
      if (result.succeeded()) {
        return new Verdict("", options);
      }
      if (free == null) {
        free = leaving.isEmpty() ? Set.of() : fullNames(free(leaving, arriving));
      }
      List<String> more = overriding(result.errors(), free);
      more.removeAll(options);
      if (more.isEmpty()) {
        return new Verdict(why(result.errors()), List.of());
      }
      options.addAll(more);
    }
  }

  private ProgramResult test(List<String> how, List<String> options, List<RpmFile> arriving)
      throws IOException {
    List<String> arguments = new ArrayList<>(how);
    arguments.addAll(options);
    arguments.add("--test");
    arriving.forEach(one -> arguments.add(one.path().toAbsolutePath().toString()));
    return commands.rpm(arguments);
  }

  /** Empty where something else than those packages stands against it. */
  private static List<String> overriding(String errors, Set<String> free) {
    Set<String> options = new LinkedHashSet<>();
    for (String line : reasons(errors)) {
      Matcher needed = NEEDED.matcher(line);
      Matcher against = AGAINST.matcher(line);
      Matcher file = FILE.matcher(line);
      if (needed.matches() && free.contains(needed.group(2))) {
        options.add(NO_DEPENDENCIES);
      } else if (against.matches() && free.contains(against.group(1))) {
        options.add(NO_DEPENDENCIES);
      } else if (file.matches() && free.contains(file.group(1))) {
        options.add(OVER_FILES);
      } else {
        return new ArrayList<>();
      }
    }
    return new ArrayList<>(options);
  }

  /** Those that can leave once the files are in: nothing that stays needs them. */
  private Set<PackageId> free(Collection<PackageId> leaving, List<RpmFile> arriving)
      throws IOException {
    Set<PackageId> there = installed.stream().map(RpmPackage::id).collect(Collectors.toSet());
    Set<PackageId> free = new LinkedHashSet<>(leaving);
    free.retainAll(there);
    Set<String> provided = provided(arriving);
    Set<PackageId> replaced =
        arriving.stream().map(one -> one.of().id()).collect(Collectors.toSet());
    boolean shrank = true;
    while (shrank && !free.isEmpty() && areNeeded(free, free, provided, replaced)) {
      shrank = false;
      for (PackageId one : List.copyOf(free)) {
        if (areNeeded(Set.of(one), free, provided, replaced)) {
          free.remove(one);
          shrank = true;
        }
      }
    }
    return free;
  }

  private boolean areNeeded(
      Set<PackageId> some, Set<PackageId> free, Set<String> provided, Set<PackageId> replaced)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-e", "--test", "--allmatches"));
    some.forEach(id -> arguments.add(RpmNames.of(id)));
    Map<String, PackageId> byName = byName();
    for (String line : commands.rpm(arguments).errors().lines().toList()) {
      Matcher needed = NEEDED.matcher(line);
      if (needed.matches() && !provided.contains(needed.group(1))) {
        PackageId by = byName.get(needed.group(2));
        if (by != null && !free.contains(by) && !replaced.contains(by)) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<String> provided(List<RpmFile> arriving) throws IOException {
    Set<String> provided = new HashSet<>();
    for (RpmFile one : arriving) {
      provided.addAll(one.provides());
      files.paths(one.path()).forEach(path -> provided.add(path.toString()));
    }
    return provided;
  }

  private Map<String, PackageId> byName() {
    return installed.stream()
        .collect(
            Collectors.toMap(
                one -> RpmNames.exact(one.exact()), RpmPackage::id, (first, second) -> first));
  }

  /** As rpm's messages have them; those about files have no epoch. */
  private Set<String> fullNames(Set<PackageId> packages) {
    Set<String> names = new HashSet<>();
    for (RpmPackage one : installed) {
      if (packages.contains(one.id())) {
        String version = one.version().substring(one.version().indexOf(':') + 1);
        names.add(RpmNames.exact(one.exact()));
        names.add(RpmNames.exact(one.id().at(version)));
      }
    }
    return names;
  }

  /** The packages that need what {@code rpm -e --test} was to remove, in rpm's full names. */
  static List<String> neededBy(String errors) {
    return errors
        .lines()
        .map(NEEDED::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(2))
        .toList();
  }

  private static List<String> reasons(String errors) {
    return errors.lines().filter(line -> line.startsWith("\t") || line.startsWith(" ")).toList();
  }

  static String why(String errors) {
    String why =
        errors
            .lines()
            .filter(line -> !line.startsWith("rpm: "))
            .filter(line -> !line.startsWith("warning: "))
            .filter(line -> !line.startsWith("BDB")) // of locks that a killed one left
            .map(String::strip)
            .filter(line -> !line.equals("error: Failed dependencies:"))
            .limit(MOST_REASONS)
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "rpm refuses it" : why;
  }

  /** The command line that puts files in. */
  static List<String> arguments(List<String> how, List<String> options, List<RpmFile> arriving) {
    List<String> arguments = new ArrayList<>(how);
    arguments.addAll(options);
    arriving.stream()
        .map(RpmFile::path)
        .map(Path::toAbsolutePath)
        .map(Path::toString)
        .forEach(arguments::add);
    return arguments;
  }
}
