package dev.fleetmend.node.rpm;

import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rpm says of package files. */
public final class RpmFiles {
  private static final String FORMAT =
      "%{NAME}\\t%{ARCH}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\t%{SOURCERPM}\\t0"
          + "\\t[%{PROVIDENAME} ]\\n";

  /** The words for signatures that are there; in capitals they are wrong, or of an unknown key. */
  private static final Set<String> SIGNATURES = Set.of("signatures", "pgp", "gpg", "rsa", "dsa");

  /**
   * A package file.
   *
   * @param provides the names of what it provides
   */
  public record RpmFile(Path path, RpmPackage of, List<String> provides) {
    public RpmFile {
      provides = List.copyOf(provides);
    }

    /** Whether several versions of it are installed side by side. */
    public boolean multiVersion() {
      return MultiVersion.isProvidedBy(provides);
    }
  }

  private static final String SIZES = "[%{LONGFILESIZES}\\t%{FILEMODES:perms}\\t%{FILENAMES}\\n]";

  private final RpmCommands commands;

  /** Of this host's rpm. */
  public RpmFiles(RpmCommands commands) {
    this.commands = commands;
  }

  /**
   * What package files hold, in their order.
   *
   * @throws IOException when one is no package file
   */
  public List<RpmFile> read(Collection<Path> files) throws IOException {
    List<RpmFile> read = new ArrayList<>();
    for (Path file : files) {
      List<String> arguments =
          List.of("-qp", "--nosignature", "--qf", FORMAT, file.toAbsolutePath().toString());
      ProgramResult result = commands.rpm(arguments);
      int tab = result.output().lastIndexOf('\t');
      if (!result.succeeded() || tab < 0) {
        throw new IOException("rpm -qp " + file + ": " + result.errors().strip());
      }
      List<RpmPackage> one = RpmDatabase.parse(result.output().substring(0, tab));
      List<String> provides = Arrays.asList(result.output().substring(tab).strip().split(" ", -1));
      read.add(new RpmFile(file, one.getFirst(), provides));
    }
    return read;
  }

  /** The paths of the files in a package file. */
  List<Path> paths(Path file) throws IOException {
    List<String> arguments = List.of("-qpl", "--nosignature", file.toAbsolutePath().toString());
    return RpmDatabase.paths(commands.rpm(arguments).output());
  }

  /** The regular files in a package file, with their bytes. */
  Map<Path, Long> sizes(Path file) throws IOException {
    List<String> arguments =
        List.of("-qp", "--nosignature", "--qf", SIZES, file.toAbsolutePath().toString());
    ProgramResult result = commands.rpm(arguments);
    if (!result.succeeded()) {
      throw new IOException("rpm -qp " + file + ": " + result.errors().strip());
    }
    Map<Path, Long> sizes = new HashMap<>();
    for (String line : result.output().lines().toList()) {
      String[] field = line.split("\t", 3);
      if (field.length == 3 && field[1].startsWith("-") && field[0].matches("\\d{1,15}")) {
        sizes.put(Path.of(field[2]), Long.parseLong(field[0]));
      }
    }
    return sizes;
  }

  /**
   * How far package files can be trusted.
   *
   * @return of each file that is whole, whether it bears a signature by a key that this host knows;
   *     what is damaged or wrongly signed is left out
   */
  public Map<Path, Boolean> signed(Collection<Path> files) throws IOException {
    Map<Path, Boolean> signed = new LinkedHashMap<>();
    for (Path file : files) {
      ProgramResult result =
          commands.rpmkeys(List.of("--checksig", file.toAbsolutePath().toString()));
      if (result.succeeded()) {
        signed.put(file, isSigned(result.output()));
      }
    }
    return signed;
  }

  /** Has this host know the keys in a file. */
  public void importKeys(Path file) throws IOException {
    commands.rpmkeys(List.of("--import", file.toAbsolutePath().toString()));
  }

  /**
   * Newer rpm says {@code digests signatures OK}, older {@code rsa sha1 (md5) pgp md5 OK}, or
   * {@code rsa sha1 md5 OK} where the signature is over the header alone.
   */
  static boolean isSigned(String output) {
    String said = output.substring(output.lastIndexOf(": ") + 1);
    Set<String> words = new HashSet<>(Arrays.asList(said.strip().split(" ", -1)));
    return words.contains("OK") && words.stream().anyMatch(SIGNATURES::contains);
  }
}
