package dev.fleetmend.e2e.dnf5;

import dev.fleetmend.e2e.rpm.UndoCases;
import dev.fleetmend.lab.RpmFamily;

class UndoTest extends UndoCases {
  UndoTest() {
    super(RpmFamily.DNF5);
  }
}
