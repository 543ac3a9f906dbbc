package dev.fleetmend.patching.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a package that an archive offers: every version above the installed one, and the
 * installed one itself where an archive still has it.
 *
 * @param candidate whether the package manager would choose it (pins included)
 * @param classification the advisory's classification in SSM's spelling, or empty
 * @param severity the vendor's severity in SSM's spelling, or empty
 * @param advisories the ids of the notices that name it, and {@code BZ#} with the number of every
 *     bug that they close
 * @param releasedAt when it was released, epoch seconds, 0 if the archive does not say, -1 if what
 *     it says is no date; of an rpm package when its notice was last updated, else when it was
 *     built
 * @param downloadBytes the size of the package file, 0 if unknown
 * @param update what an update that is a unit of its own says besides, or null of a package
 */
public record OfferedVersion(
    String name,
    String arch,
    String version,
    List<Origin> origins,
    boolean candidate,
    String section,
    String priority,
    String classification,
    String severity,
    List<String> advisories,
    List<String> cves,
    long releasedAt,
    long downloadBytes,
    @Nullable UpdateDetails update) {
  public OfferedVersion {
    origins = List.copyOf(origins);
    advisories = List.copyOf(advisories);
    cves = List.copyOf(cves);
  }

  /** A version of a package. */
  public OfferedVersion(
      String name,
      String arch,
      String version,
      List<Origin> origins,
      boolean candidate,
      String section,
      String priority,
      String classification,
      String severity,
      List<String> advisories,
      List<String> cves,
      long releasedAt,
      long downloadBytes) {
    this(
        name,
        arch,
        version,
        origins,
        candidate,
        section,
        priority,
        classification,
        severity,
        advisories,
        cves,
        releasedAt,
        downloadBytes,
        null);
  }
}
