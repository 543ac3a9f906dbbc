package dev.fleetmend.patching.decision;

import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update of a host, judged.
 *
 * @param installed as it is installed, or null where it is not
 */
record JudgedUpdate(
    OfferedVersion offer,
    Approval approval,
    boolean security,
    @Nullable InstalledPackage installed) {

  PackageVersion id() {
    return new PackageVersion(offer.name(), offer.arch(), offer.version());
  }

  boolean isInstalled() {
    return installed != null;
  }

  /** Whether the host says that it could go in now. */
  boolean isApplicable() {
    return installed == null && offer.candidate();
  }

  String title() {
    UpdateDetails update = offer.update();
    return update == null || update.title().isEmpty() ? offer.name() : update.title();
  }

  boolean asksUser() {
    UpdateDetails update = offer.update();
    return update != null && update.asksUser();
  }

  List<String> supersedes() {
    UpdateDetails update = offer.update();
    return update == null ? List.of() : update.supersedes();
  }
}
