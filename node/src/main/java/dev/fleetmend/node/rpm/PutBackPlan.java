package dev.fleetmend.node.rpm;

import dev.fleetmend.node.manager.PackageChange;
import dev.fleetmend.node.rpm.RpmFiles.RpmFile;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What putting package files back means on the host as it stands.
 *
 * @param arriving files that take the place of other versions
 * @param beside files that are installed beside other versions
 * @param leaving versions that leave: of a kernel the newer ones than its file
 */
record PutBackPlan(
    List<RpmFile> arriving,
    List<RpmFile> beside,
    List<RpmPackage> leaving,
    List<PackageChange> changes) {

  static PutBackPlan of(Collection<RpmFile> files, RpmDatabase database) throws IOException {
    List<RpmFile> arriving = new ArrayList<>();
    List<RpmFile> beside = new ArrayList<>();
    List<RpmPackage> leaving = new ArrayList<>();
    List<PackageChange> changes = new ArrayList<>();
    for (RpmFile file : files) {
      RpmPackage wanted = file.of();
      List<RpmPackage> now = database.versions(wanted.id());
      boolean stays =
          file.multiVersion()
              && now.stream().anyMatch(one -> one.version().equals(wanted.version()));
      if (file.multiVersion()) {
        now.stream().filter(one -> isNewer(one, wanted)).forEach(leaving::add);
      }
      if (!stays) {
        (file.multiVersion() ? beside : arriving).add(file);
      }
      changes.add(
          new PackageChange(
              wanted.name(),
              wanted.arch(),
              now.isEmpty() ? null : now.getLast().version(),
              wanted.version()));
    }
    return new PutBackPlan(arriving, beside, leaving, changes);
  }

  private static boolean isNewer(RpmPackage one, RpmPackage other) {
    return RpmVersion.ORDER.compare(one.version(), other.version()) > 0;
  }
}
