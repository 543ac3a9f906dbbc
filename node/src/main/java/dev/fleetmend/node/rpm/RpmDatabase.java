package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.PackageStanding.Completeness;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What rpm's database says of installed packages. */
public final class RpmDatabase {
  /** Of a package that a killed transaction left twice, or in the middle. */
  private static final String HALF = "half-installed";

  private static final String EVR = "%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}";
  private static final String FORMAT =
      "%{NAME}\\t%{ARCH}\\t" + EVR + "\\t%{SOURCERPM}\\t%{INSTALLTIME}\\n";
  private static final int FIELDS = 5;

  /** Keys that were imported stand in the database as packages. */
  private static final String KEY = "gpg-pubkey";

  private static final String RUN_RECOVERY = "DB_RUNRECOVERY";

  /** Where Berkeley DB keeps the packages, and nothing but it. */
  private static final String BERKELEY = "Packages";

  private final RpmCommands commands;
  private final InDoubt inDoubt;

  /** Of this host. */
  public RpmDatabase(RpmCommands commands, InDoubt inDoubt) {
    this.commands = commands;
    this.inDoubt = inDoubt;
  }

  /** All packages; those with several versions once a version. */
  public List<RpmPackage> packages() throws IOException {
    ProgramResult result = commands.rpm(List.of("-qa", "--qf", FORMAT));
    if (!result.succeeded()) {
      throw new IOException("rpm -qa: " + result.errors().strip());
    }
    List<RpmPackage> packages = parse(result.output());
    // No host has none: a list that is empty is one that could not be read.
    if (packages.isEmpty()) {
      throw new IOException("rpm -qa names no package: " + result.errors().strip());
    }
    return packages;
  }

  /**
   * Removes the shared memory of Berkeley DB, which older rpms use, where a process that was killed
   * in it has made it unusable (DB_RUNRECOVERY); rpm makes it anew. Nobody must be using it.
   */
  void recoverEnvironment() throws IOException {
    if (!commands.rpm(List.of("-q", "rpm")).errors().contains(RUN_RECOVERY)) {
      return;
    }
    Path folder = Path.of(evaluate("%_dbpath"));
    try (DirectoryStream<Path> regions = Files.newDirectoryStream(folder, "__db.*")) {
      for (Path region : regions) {
        Files.deleteIfExists(region);
      }
    }
  }

  /**
   * Builds the indexes of Berkeley DB anew where a transaction was cut off: one that is torn hides
   * what packages provide from all that rpm looks up by it, and rpm does not find that out by
   * itself. The packages themselves stay as they are.
   */
  void mendIndexes() throws IOException {
    if (!inDoubt.mayHaveTornIndexes()) {
      return;
    }
    Path folder = Path.of(evaluate("%_dbpath"));
    boolean berkeley =
        Files.exists(folder.resolve(BERKELEY))
            && InstalledPackages.WRITTEN.stream().map(folder::resolve).noneMatch(Files::exists);
    if (berkeley) {
      ProgramResult result = commands.rpm(List.of("--rebuilddb"));
      if (!result.succeeded()) {
        throw new IOException(
            "rpm's indexes in "
                + folder
                + " may be torn and could not be built anew: rpm --rebuilddb: "
                + result.errors().strip());
      }
    }
    inDoubt.indexed();
  }

  /**
   * How each package stands. Of kernels and the like the newest version counts; any other package
   * that is there twice was left so by a killed transaction.
   *
   * @param held whether the administrator wants a package left alone
   */
  public Map<PackageId, PackageStanding> standings(Predicate<PackageId> held) throws IOException {
    return standings(packages(), held);
  }

  /** As {@link #standings(Predicate)}, of packages that were read before. */
  public Map<PackageId, PackageStanding> standings(
      List<RpmPackage> packages, Predicate<PackageId> held) throws IOException {
    Set<PackageId> doubtful = inDoubt.packages();
    Map<PackageId, PackageStanding> standings = new HashMap<>();
    for (Map.Entry<PackageId, List<RpmPackage>> one : byId(packages).entrySet()) {
      PackageId id = one.getKey();
      List<RpmPackage> versions = one.getValue();
      boolean twice = versions.size() > 1 && !isMultiVersion(id);
      boolean whole = !twice && !doubtful.contains(id);
      standings.put(
          id,
          new PackageStanding(
              versions.getLast().version(),
              whole ? Completeness.WHOLE : Completeness.UNFINISHED,
              held.test(id),
              whole ? "installed" : HALF));
    }
    return standings;
  }

  /** The installed versions of a package, oldest first. */
  List<RpmPackage> versions(PackageId id) throws IOException {
    return byId(packages()).getOrDefault(id, List.of());
  }

  /** The SHA-1 of the header of each installed version, which yum knows it by. */
  public Map<PackageVersion, String> headerDigests() throws IOException {
    String format = "%{NAME}\\t%{ARCH}\\t" + EVR + "\\t%{SHA1HEADER}\\n";
    ProgramResult result = commands.rpm(List.of("-qa", "--qf", format));
    if (!result.succeeded()) {
      throw new IOException("rpm -qa: " + result.errors().strip());
    }
    Map<PackageVersion, String> digests = new HashMap<>();
    for (String line : result.output().lines().toList()) {
      String[] field = line.split("\t", -1);
      if (field.length == 4 && !field[0].equals(KEY)) {
        digests.put(new PackageVersion(field[0], field[1], plain(field[2])), field[3]);
      }
    }
    return digests;
  }

  /** The configuration files of packages, by package. */
  public Map<PackageId, List<Path>> configurationFiles(Collection<PackageId> packages)
      throws IOException {
    return listed(packages, "-qc");
  }

  /**
   * The files that packages brought, by package, folders among them; of kernels and the like the
   * newest's.
   */
  public Map<PackageId, List<Path>> files(Collection<PackageId> packages) throws IOException {
    return listed(packages, "-ql");
  }

  /** The processor that packages of this host are built for, such as {@code x86_64}. */
  public String architecture() throws IOException {
    return evaluate("%_arch");
  }

  /** What an rpm macro says. */
  String evaluate(String macro) throws IOException {
    ProgramResult result = commands.rpm(List.of("--eval", macro));
    if (!result.succeeded()) {
      throw new IOException("rpm --eval: " + result.errors().strip());
    }
    return result.output().strip();
  }

  /** Whether several versions of an installed package may stand side by side. */
  boolean isMultiVersion(PackageId id) throws IOException {
    ProgramResult result =
        commands.rpm(List.of("-q", "--qf", "[%{PROVIDENAME}\\n]", RpmNames.of(id)));
    return MultiVersion.isProvidedBy(result.output().lines().toList());
  }

  private Map<PackageId, List<Path>> listed(Collection<PackageId> packages, String option)
      throws IOException {
    Map<PackageId, List<Path>> files = new HashMap<>();
    if (packages.isEmpty()) {
      return files;
    }
    Map<PackageId, List<RpmPackage>> installed = byId(packages());
    for (PackageId one : packages) {
      List<RpmPackage> versions = installed.getOrDefault(one, List.of());
      if (!versions.isEmpty()) {
        String of =
            versions.size() == 1 ? RpmNames.of(one) : RpmNames.exact(versions.getLast().exact());
        files.put(one, paths(commands.rpm(List.of(option, of)).output()));
      }
    }
    return files;
  }

  /** A name that the locale of this process cannot spell is passed over. */
  static List<Path> paths(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("/"))
        .map(RpmDatabase::path)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Optional<Path> path(String line) {
    try {
      return Optional.of(Path.of(line));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Map<PackageId, List<RpmPackage>> byId(List<RpmPackage> packages) {
    Comparator<RpmPackage> order = Comparator.comparing(RpmPackage::version, RpmVersion.ORDER);
    return packages.stream()
        .sorted(order)
        .collect(Collectors.groupingBy(RpmPackage::id, TreeMap::new, Collectors.toList()));
  }

  static List<RpmPackage> parse(String output) throws IOException {
    List<RpmPackage> packages = new ArrayList<>();
    for (String line : output.lines().toList()) {
      String[] field = line.split("\t", -1);
      if (field.length != FIELDS) {
        throw new IOException("rpm said something unknown: " + line);
      }
      if (!field[0].equals(KEY)) {
        packages.add(
            new RpmPackage(
                field[0],
                field[1],
                plain(field[2]),
                source(field[3]),
                field[4].matches("\\d{1,12}") ? Long.parseLong(field[4]) : 0));
      }
    }
    return packages;
  }

  private static String plain(String version) {
    return version.startsWith("0:") ? version.substring(2) : version;
  }

  private static String source(String file) {
    return file.endsWith(".rpm") ? RpmNames.nameIn(file) : "";
  }
}
