package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.HookedPatching;
import dev.fleetmend.node.patch.PatchRun;
import dev.fleetmend.node.worker.ReadOnlyGuard;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents whose scripts an agent does not run, because it carries these steps out itself.
 *
 * @param patching of the documents that scan, put in and take back
 * @param inventory of {@code AWS-GatherSoftwareInventory}
 * @param update of {@code AWS-UpdateSSMAgent}
 * @param readOnly whether this node only looks
 */
public record HostDocuments(
    PatchRun patching, PatchRun inventory, PatchRun update, boolean readOnly) {
  private static final Set<String> PATCHING =
      Set.of(
          "AWS-RunPatchBaseline",
          "AWS-RunPatchBaselineAssociation",
          "Fleetmend-RollbackPatches",
          "Fleetmend-RunPatchBaseline");

  /** Whether a document changes or reads packages, and so must wait for others that do. */
  public static boolean touchesPackages(String document) {
    return PATCHING.contains(document) || document.equals(HookedPatching.DOCUMENT);
  }

  /** What carries a document's step out, or null where its own script does. */
  public @Nullable PatchRun of(String document, String step) {
    return switch (document) {
      case "AWS-GatherSoftwareInventory" -> inventory;
      case "AWS-UpdateSSMAgent" -> update;
      case HookedPatching.DOCUMENT ->
          new ReadOnlyGuard(new HookedPatching(patching, step), readOnly);
      default -> PATCHING.contains(document) ? patching : null;
    };
  }
}
