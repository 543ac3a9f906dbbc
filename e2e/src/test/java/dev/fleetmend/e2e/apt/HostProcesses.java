package dev.fleetmend.e2e.apt;

import dev.fleetmend.lab.LabHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes of a host, as this machine counts them. */
public final class HostProcesses {
  private HostProcesses() {}

  /** Those of this name whose command line has the word. */
  public static List<ProcessHandle> find(LabHost host, String name, String word) {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      Path namespace = namespace(Path.of("/proc", Long.toString(host.pid())));
      for (Path process : all) {
        if (is(process, namespace, name, word)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot look at the processes of " + host.name(), e);
    }
    return found;
  }

  private static boolean is(Path process, Path namespace, String name, String word) {
    try {
      return Files.readString(process.resolve("comm")).strip().equals(name)
          && namespace(process).equals(namespace)
          && (word.isEmpty() || List.of(commandLine(process).split("\0", -1)).contains(word));
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static String commandLine(Path process) throws IOException {
    return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
  }

  private static Path namespace(Path process) throws IOException {
    return Files.readSymbolicLink(process.resolve("ns/pid"));
  }
}
