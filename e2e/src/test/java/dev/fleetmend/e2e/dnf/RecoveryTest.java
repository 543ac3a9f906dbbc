package dev.fleetmend.e2e.dnf;

import dev.fleetmend.e2e.rpm.RecoveryCases;
import dev.fleetmend.lab.RpmFamily;

class RecoveryTest extends RecoveryCases {
  RecoveryTest() {
    super(RpmFamily.DNF);
  }
}
