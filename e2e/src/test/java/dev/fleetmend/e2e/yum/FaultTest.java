package dev.fleetmend.e2e.yum;

import dev.fleetmend.e2e.rpm.FaultCases;
import dev.fleetmend.lab.RpmFamily;

class FaultTest extends FaultCases {
  FaultTest() {
    super(RpmFamily.YUM);
  }
}
