package dev.fleetmend.e2e.yum;

import dev.fleetmend.e2e.rpm.RpmKillCases;
import dev.fleetmend.lab.RpmFamily;

class KillTest extends RpmKillCases {
  KillTest() {
    super(RpmFamily.YUM);
  }
}
