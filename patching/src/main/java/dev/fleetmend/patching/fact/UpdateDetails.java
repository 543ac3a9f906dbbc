package dev.fleetmend.patching.fact;

import java.util.List;

/**
 * What an update that is a unit of its own says beyond a package version: Windows Update's and
 * Apple's. Its {@link OfferedVersion} has the KB id, or the label, as name and the update's
 * identity as version.
 *
 * @param title for people, such as {@code 2026-10 Cumulative Update for Windows Server 2022}
 * @param product SSM's name of what it is for, such as {@code WindowsServer2022}
 * @param productFamily such as {@code Windows} or {@code Office}
 * @param patchSet {@code OS} or {@code APPLICATION}
 * @param supersedes the identities of the updates that it takes the place of
 * @param revision Windows Update's revision number, else 0
 * @param uninstallable whether the host says that it can be taken out again
 * @param rebootBehavior {@code NeverReboots}, {@code AlwaysRequiresReboot}, {@code
 *     CanRequestReboot}, or empty where the host does not say
 * @param eulaAccepted whether no licence is left to be accepted
 * @param asksUser whether its installation can ask a user and so cannot run unattended
 */
public record UpdateDetails(
    String title,
    String product,
    String productFamily,
    String patchSet,
    List<String> supersedes,
    int revision,
    boolean uninstallable,
    String rebootBehavior,
    boolean eulaAccepted,
    boolean asksUser) {
  public UpdateDetails {
    supersedes = List.copyOf(supersedes);
  }
}
