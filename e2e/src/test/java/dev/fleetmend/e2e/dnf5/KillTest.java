package dev.fleetmend.e2e.dnf5;

import dev.fleetmend.e2e.rpm.RpmKillCases;
import dev.fleetmend.lab.RpmFamily;
import org.junit.jupiter.api.Tag;

/** Beside the one kill of every run, in {@link InstallAndRollbackTest}. */
@Tag("soak")
class KillTest extends RpmKillCases {
  KillTest() {
    super(RpmFamily.DNF5);
  }
}
