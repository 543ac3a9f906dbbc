package dev.fleetmend.e2e.dnf5;

import dev.fleetmend.e2e.rpm.ModulesCases;
import dev.fleetmend.lab.RpmFamily;

class ModulesTest extends ModulesCases {
  ModulesTest() {
    super(RpmFamily.DNF5);
  }
}
