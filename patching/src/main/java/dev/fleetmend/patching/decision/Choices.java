package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is chosen, and what is left out with its reason. */
final class Choices {
  private final NodeHistory history;
  private final List<PackageVersion> install = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Choices(NodeHistory history) {
    this.history = history;
  }

  void takeUnlessObstructed(PackageReview review, JudgedVersion version) {
    List<String> obstacles = review.obstacles(version, history);
    if (obstacles.isEmpty()) {
      install.add(version.id());
    } else {
      note(nameOf(version) + " is left out: " + String.join("; ", obstacles));
    }
  }

  void takeUnlessHeld(PackageReview review, JudgedVersion version) {
    if (review.installed().held()) {
      note(nameOf(version) + " is left out: the host holds the package");
    } else {
      install.add(version.id());
    }
  }

  void leaveQuarantined(PackageReview review, JudgedVersion version) {
    List<String> open = review.cvesClosedBy(version);
    String leavesOpen = open.isEmpty() ? "" : ", which leaves open " + String.join(", ", open);
    note(nameOf(version) + " is held back by rollback" + leavesOpen);
  }

  void note(String note) {
    notes.add(note);
  }

  Selection selection(List<String> blocked) {
    install.sort(Comparator.comparing(PackageVersion::name).thenComparing(PackageVersion::arch));
    return new Selection(install, blocked, notes);
  }

  private static String nameOf(JudgedVersion version) {
    return version.offer().name() + "." + version.offer().arch() + " " + version.version();
  }
}
