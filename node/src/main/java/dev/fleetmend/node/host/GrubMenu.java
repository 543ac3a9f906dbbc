package dev.fleetmend.node.host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of GRUB's menu, as {@code grub-mkconfig} writes it for Debian's and RPM's kernels.
 */
final class GrubMenu {
  private static final Pattern ID = Pattern.compile("\\$menuentry_id_option\\s+'([^']+)'");
  private static final Pattern SUBMENU = Pattern.compile("^\\s*submenu\\s.*\\{\\s*$");
  private static final Pattern ENTRY = Pattern.compile("^\\s*menuentry\\s.*\\{\\s*$");
  private static final Pattern END = Pattern.compile("^}\\s*$");

  private final List<String> lines;

  GrubMenu(String config) {
    this.lines = config.lines().toList();
  }

  /**
   * How {@code grub-reboot} names the entry of a kernel: its id, behind the id of its submenu.
   *
   * @param release as {@code uname -r} says it
   */
  Optional<String> entryOf(String release) {
    String submenu = "";
    for (String line : lines) {
      if (SUBMENU.matcher(line).matches()) {
        submenu = id(line).map(id -> id + ">").orElse("");
      } else if (END.matcher(line).matches()) {
        submenu = "";
      } else if (ENTRY.matcher(line).matches()) {
        Optional<String> id = id(line);
        if (id.isPresent() && id.get().startsWith("gnulinux-" + release + "-advanced-")) {
          return Optional.of(submenu + id.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> id(String line) {
    Matcher id = ID.matcher(line);
    return id.find() ? Optional.of(id.group(1)) : Optional.empty();
  }
}
