package dev.fleetmend.e2e.kill;

import dev.fleetmend.e2e.apt.PatchedHost;
import java.util.List;
import java.util.Map;

/** A host of one package manager's family, with {@link KillRig#PACKAGES} in their old version. */
public interface KillHost extends AutoCloseable {
  /** The host. */
  PatchedHost patched();

  /** The name of the process of the package manager, such as {@code apt-get}. */
  String manager();

  /** The name of the process of the tool below it, such as {@code dpkg}. */
  String tool();

  /** Puts gates where fetching begins and, if that can be, in the middle of unpacking. */
  void prepare();

  /**
   * Where a package stops while it is being unpacked.
   *
   * @param name of the package
   */
  Stop extracting(String name);

  /**
   * A moment to kill at.
   *
   * @param gate where something stops
   * @param millisAfter how long after the gate was opened, at most; 0 for at the gate
   */
  record Stop(String gate, int millisAfter) {}

  /** What a run changes, as facts have it. */
  KillPlan plan();

  /** The packages that stop at their gates when they come, go or are put back. */
  List<String> stopping();

  /** What may have happened to the host between a run and its undo. */
  default void change(int undo) {}

  /** The repository of the old versions is gone. */
  void moveOn();

  /** All that is installed, for comparing. */
  String installed();

  /** The version of each of the plan's packages that is wholly there. */
  Map<String, String> standing();

  /** What is not as it should be once all is over: files left beside, packages in the middle. */
  List<String> troubles();

  @Override
  void close();
}
