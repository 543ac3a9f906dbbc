package dev.fleetmend.node.host;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.program.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel that runs, the others that are there, and which one the next boot takes. */
public final class Kernels {
  private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
  private static final Path BOOT = Path.of("/boot");
  private static final Path GRUB = Path.of("/boot/grub/grub.cfg");
  private static final Path GRUB_REBOOT = Path.of("/usr/sbin/grub-reboot");
  private static final Path GRUBBY = Path.of("/usr/sbin/grubby");
  private static final String IMAGE = "vmlinuz-";

  /** What a kernel's own packages bring; one with headers brings a link beside. */
  private static final Pattern MODULES =
      Pattern.compile("(?:/usr)?/lib/modules/([^/]+)/(?:vmlinuz|kernel(?:/.*)?)");

  private final Programs programs = new Programs(Map.of());

  /** The running kernel's release, as {@code uname -r} says it. */
  public String running() throws IOException {
    return new String(Files.readAllBytes(RELEASE), StandardCharsets.UTF_8).strip();
  }

  /** The releases whose images or modules are among files. */
  public static List<String> in(Collection<Path> files) {
    Set<String> releases = new LinkedHashSet<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Matcher modules = MODULES.matcher(file.toString());
      if (BOOT.equals(file.getParent()) && name.startsWith(IMAGE)) {
        releases.add(name.substring(IMAGE.length()));
      } else if (modules.matches()) {
        releases.add(modules.group(1));
      }
    }
    return List.copyOf(releases);
  }

  /**
   * Has the next boot take the newest kernel but some.
   *
   * @param but releases that it must not take
   * @return what was done, or what a person must do, one line
   */
  public String bootAnother(Collection<String> but) throws IOException {
    Optional<String> newest =
        installed().stream().filter(release -> !but.contains(release)).max(Kernels::compare);
    if (newest.isEmpty()) {
      return "there is no other kernel in "
          + BOOT
          + " to boot; install one before this host reboots";
    }
    String release = newest.get();
    if (tell(release)) {
      return "the next boot takes kernel " + release;
    }
    return "this host's boot loader is not known: have it take kernel " + release + " at next boot";
  }

  private boolean tell(String release) throws IOException {
    if (Files.isExecutable(GRUBBY)) {
      return ran(List.of(GRUBBY.toString(), "--set-default", BOOT + "/" + IMAGE + release));
    }
    if (!Files.isExecutable(GRUB_REBOOT) || !Files.isReadable(GRUB)) {
      return false;
    }
    Optional<String> entry =
        new GrubMenu(new String(Files.readAllBytes(GRUB), StandardCharsets.UTF_8)).entryOf(release);
    return entry.isPresent() && ran(List.of(GRUB_REBOOT.toString(), entry.get()));
  }

  private boolean ran(List<String> line) throws IOException {
    ProgramResult result = programs.run(line);
    return result.succeeded();
  }

  private static List<String> installed() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(BOOT)) {
      try (DirectoryStream<Path> images = Files.newDirectoryStream(BOOT, IMAGE + "*")) {
        images.forEach(files::add);
      }
    }
    return in(files);
  }

  /** By their numbers, as far as they go. */
  static int compare(String one, String other) {
    String[] left = one.split("[^0-9]+", -1);
    String[] right = other.split("[^0-9]+", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int by = Long.compare(number(left[i]), number(right[i]));
      if (by != 0) {
        return by;
      }
    }
    return one.compareTo(other);
  }

  private static long number(String digits) {
    return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits);
  }
}
