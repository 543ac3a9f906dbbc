package dev.fleetmend.lab;

import java.nio.file.Path;

/** A lab whose JVM is going to be killed: prints the pid of its host and waits. */
final class KilledLab {
  private KilledLab() {}

  public static void main(String[] arguments) throws Exception {
    Lab lab = Lab.open(Path.of(arguments[0]));
    LabHost host = lab.boot("orphan", BaseRoot.DEBIAN_MINIMAL);
    lab.forward(8080, 9);
    System.out.println(host.pid());
    Thread.currentThread().join();
  }
}
