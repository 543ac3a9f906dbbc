package dev.fleetmend.e2e.apt;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.ExecResult;
import dev.fleetmend.lab.Execution;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.LabHost;
import dev.fleetmend.node.patch.Patching;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A lab host with the node's classes and a Java in it. */
public final class PatchedHost implements AutoCloseable {
  private static final List<Class<?>> NEEDED =
      List.of(
          PatchDriver.class,
          Patching.class,
          RecordJson.class,
          PackageVersion.class,
          JsonFactory.class,
          byName("org.jspecify.annotations.Nullable"));
  private static final String JAVA = "/opt/java";

  private final LabHost host;
  private final String classPath;

  private PatchedHost(LabHost host, String classPath) {
    this.host = host;
    this.classPath = classPath;
  }

  public static PatchedHost boot(Lab lab, String name, BaseRoot base) {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put(JAVA, Path.of(System.getProperty("java.home")));
    List<String> places = new ArrayList<>();
    for (Class<?> one : NEEDED) {
      Path location = location(one);
      String place = "/opt/classes" + places.size();
      if (Files.isDirectory(location)) {
        folders.put(place, location);
        places.add(place);
      } else {
        folders.put(place, location.getParent());
        places.add(place + "/" + location.getFileName());
      }
    }
    return new PatchedHost(lab.boot(name, base, folders), String.join(":", places));
  }

  private static Class<?> byName(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public LabHost host() {
    return host;
  }

  /** Runs a patch command to its end. */
  public ExecResult patch(String commandId, String... arguments) {
    return command(commandId, arguments).run();
  }

  /** A patch command to be started. */
  public Execution command(String commandId, String... arguments) {
    List<String> all = new ArrayList<>(List.of(commandId));
    all.addAll(List.of(arguments));
    return java(PatchDriver.class, all.toArray(String[]::new));
  }

  /** A program of ours, inside the host. */
  public Execution java(Class<?> main, String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(JAVA + "/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m"));
    line.addAll(List.of("-cp", classPath, main.getName()));
    line.addAll(List.of(arguments));
    return host.command(line.toArray(String[]::new)).within(Duration.ofMinutes(5));
  }

  ExecResult apt(String... arguments) {
    List<String> line = new ArrayList<>(List.of("apt-get", "-y", "-q"));
    line.addAll(List.of(arguments));
    return host.exec(line.toArray(String[]::new));
  }

  /** What dpkg says of all packages: version and state by name. */
  Map<String, String> standing() {
    Map<String, String> standing = new TreeMap<>();
    host.exec("dpkg-query", "-W", "-f", "${Package} ${Version} ${db:Status-Abbrev}\\n")
        .orThrow()
        .lines()
        .map(line -> line.split(" ", 3))
        .forEach(word -> standing.put(word[0], word[1] + " " + word[2].strip()));
    return standing;
  }

  String dpkgQuery() {
    return host.exec("dpkg-query", "-W").orThrow();
  }

  /** The id of the newest transaction, empty where there is none. */
  public String newestTransaction() {
    try (Stream<Path> all = Files.list(host.path("/var/lib/fleetmend/journal"))) {
      return all.map(Path::getFileName).map(Path::toString).max(String::compareTo).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** A transaction's journal, as a path of this machine. */
  public Path journal(String transaction) {
    return host.path("/var/lib/fleetmend/journal").resolve(transaction).resolve("journal");
  }

  /** The phase that the newest transaction has reached, empty where there is none. */
  public String phase() {
    try {
      String text = Files.readString(journal(newestTransaction()));
      int at = text.lastIndexOf("\"phase\":\"");
      return at < 0 ? "" : text.substring(at + 9, text.indexOf('"', at + 9));
    } catch (IOException e) {
      return "";
    }
  }

  public static List<String> reported(String output) {
    try (Stream<String> lines = output.lines()) {
      return lines
          .filter(line -> line.startsWith("REPORTED "))
          .map(line -> line.substring("REPORTED ".length()))
          .toList();
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
