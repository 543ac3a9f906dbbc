package dev.fleetmend.node.yum;

import dev.fleetmend.node.program.Programs;
import dev.fleetmend.node.rpm.AvailablePackage;
import dev.fleetmend.node.rpm.RepositoryDefinitions;
import dev.fleetmend.node.rpm.RpmFetch;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads by yum's library: yum itself downloads only what it would install, which the version
 * that is installed is not.
 */
final class YumDownloads implements RpmFetch.Source {
  static final Path PROGRAM = Path.of("/usr/bin/yum");
  private static final String SCRIPT = "download.py";
  private static final Pattern INTERPRETER = Pattern.compile("#!\\s*(/\\S+).*");

  private final Programs programs = new Programs(Map.of("TERM", "dumb", "LC_ALL", "C"));
  private final Path cache;

  /**
   * @param cache the folder in which yum keeps metadata for us
   */
  YumDownloads(Path cache) {
    this.cache = cache;
  }

  @Override
  public RepositoryDefinitions definitions() throws IOException {
    return YumConfiguration.read(cache).definitions();
  }

  @Override
  public Optional<Path> kept(AvailablePackage one) throws IOException {
    return YumConfiguration.kept(one.repository(), one.file());
  }

  @Override
  public Process download(List<AvailablePackage> packages, Path folder, Path log)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                interpreter(Files.readAllLines(PROGRAM, StandardCharsets.ISO_8859_1).getFirst()),
                "-Es",
                "-c",
                script(),
                cache.toAbsolutePath().toString(),
                folder.toAbsolutePath().toString()));
    for (AvailablePackage one : packages) {
      RpmVersion evr = RpmVersion.parse(one.exact().version());
      line.addAll(
          List.of(
              one.repository(),
              one.exact().name(),
              evr.epoch(),
              evr.version(),
              evr.release(),
              one.exact().arch()));
    }
    return programs.start(line, folder, log);
  }

  /** The Python that yum itself runs on. */
  static String interpreter(String firstLine) {
    Matcher matcher = INTERPRETER.matcher(firstLine);
    return matcher.matches() ? matcher.group(1) : "/usr/bin/python2";
  }

  private static String script() throws IOException {
    try (InputStream in = YumDownloads.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new FileNotFoundException(SCRIPT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
