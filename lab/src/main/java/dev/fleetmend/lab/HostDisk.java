package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a host keeps while it is off, in a folder of its own: its disk and its number. */
record HostDisk(Path folder) {

  static HostDisk create(Path hosts, String name, Path base, Init init) {
    HostDisk disk = new HostDisk(hosts.resolve(name));
    if (Files.exists(disk.folder())) {
      throw new LabException("the lab has a host " + name + " already");
    }
    int number = 1 + highestNumber(hosts);
    for (String part : new String[] {"upper", "work", "root"}) {
      Folders.make(disk.folder().resolve(part));
    }
    Folders.write(disk.folder().resolve("base"), base.toString());
    Folders.write(disk.folder().resolve("init"), init.name());
    Folders.write(disk.folder().resolve("number"), Integer.toString(number));
    return disk;
  }

  /** The root file system that it is laid over. */
  String base() {
    return Folders.read(folder.resolve("base")).orElseThrow();
  }

  Init init() {
    return Init.valueOf(Folders.read(folder.resolve("init")).orElseThrow());
  }

  /** Its number in the lab, from 1: its address follows from it. */
  int number() {
    return Integer.parseInt(Folders.read(folder.resolve("number")).orElseThrow());
  }

  private static int highestNumber(Path hosts) {
    try (Stream<Path> found = Files.list(hosts)) {
      return found.mapToInt(path -> new HostDisk(path).number()).max().orElse(0);
    } catch (IOException e) {
      throw new LabException("cannot read " + hosts, e);
    }
  }
}
