package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.node.manager.PackageStanding;
import dev.fleetmend.node.manager.Simulation;
import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table that yum and dnf print, when told to assume no, of what they would do. */
public final class TransactionTable {
  private static final String END = "Transaction Summary";
  private static final String REPLACING = "replacing";
  private static final int COLUMNS = 5; // a unit may follow the size, in the same line

  private final List<PackageVersion> coming = new ArrayList<>();
  private final List<PackageChange> replaced = new ArrayList<>();
  private final List<String> going = new ArrayList<>();

  private TransactionTable() {}

  /**
   * What would change.
   *
   * @param manager the package manager's name
   * @param output what it printed
   * @param refusal why it would not do it, empty where it would
   * @param asked the versions that were asked for
   * @param now how packages stand
   */
  public static Simulation simulation(
      String manager,
      String output,
      String refusal,
      Collection<PackageVersion> asked,
      Map<PackageId, PackageStanding> now) {
    TransactionTable table = new TransactionTable();
    table.read(output);
    List<PackageChange> changes = new ArrayList<>();
    for (PackageVersion version : table.coming) {
      changes.add(
          new PackageChange(
              version.name(),
              version.arch(),
              from(now.get(PackageId.of(version))),
              version.version()));
    }
    changes.addAll(table.replaced);
    List<String> missing =
        asked.stream()
            .filter(one -> !table.coming.contains(one) && !isThere(one, now))
            .map(one -> one.name() + " " + one.version())
            .toList();
    String why = refusal;
    if (!why.isEmpty()) {
      return new Simulation(false, changes, why);
    }
    if (!table.going.isEmpty()) {
      why = "it would remove " + String.join(" ", table.going);
    } else if (!missing.isEmpty()) {
      why = manager + " leaves out " + String.join(", ", missing);
    }
    return new Simulation(why.isEmpty(), changes, why);
  }

  private static @Nullable String from(@Nullable PackageStanding standing) {
    return standing == null ? null : standing.version();
  }

  private static boolean isThere(PackageVersion one, Map<PackageId, PackageStanding> now) {
    PackageStanding standing = now.get(PackageId.of(one));
    return standing != null && standing.isWhollyAt(one.version());
  }

  /** A row that is too long for its column goes on in the next line. */
  private void read(String output) {
    String heading = "";
    List<String> row = new ArrayList<>();
    for (String line : output.lines().takeWhile(line -> !line.startsWith(END)).toList()) {
      if (!line.startsWith(" ")) {
        heading = line;
        row.clear();
      } else {
        List<String> words = Arrays.asList(line.strip().split(" +", -1));
        if (words.getFirst().equals(REPLACING) && words.size() > 2 && !coming.isEmpty()) {
          replace(replaced(words), PackageId.of(coming.getLast()));
        } else {
          row.addAll(words);
        }
      }
      if (row.size() >= COLUMNS) {
        add(heading, row);
        row.clear();
      }
    }
  }

  private void add(String heading, List<String> row) {
    if (heading.startsWith("Remov")) {
      going.add(row.get(0) + "." + row.get(1));
    } else if (heading.startsWith("Install")
        || heading.startsWith("Upgrad")
        || heading.startsWith("Updat")
        || heading.startsWith("Downgrad")) {
      coming.add(new PackageVersion(row.get(0), row.get(1), plain(row.get(2))));
    }
  }

  /** dnf 4 names it with its processor and its version, dnf 5 in a row like any other. */
  private static PackageVersion replaced(List<String> words) {
    if (words.size() > COLUMNS) {
      return new PackageVersion(words.get(1), words.get(2), plain(words.get(3)));
    }
    int dot = words.get(1).lastIndexOf('.');
    return new PackageVersion(
        words.get(1).substring(0, dot), words.get(1).substring(dot + 1), plain(words.get(2)));
  }

  /**
   * One that several packages replace is told once a package; its own newer version, of which dnf 5
   * says it too, is no other package.
   */
  private void replace(PackageVersion gone, PackageId by) {
    PackageId id = PackageId.of(gone);
    if (!gone.name().equals(by.name()) && replaced.stream().noneMatch(one -> one.id().equals(id))) {
      replaced.add(PackageChange.replaced(gone, by));
    }
  }

  private static String plain(String version) {
    return version.startsWith("0:") ? version.substring(2) : version;
  }
}
