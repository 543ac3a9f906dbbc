package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.PatchRun;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents whose steps an agent carries out itself instead of their scripts.
 *
 * @param patching of the documents that scan, put in and take back
 * @param inventory of {@code AWS-GatherSoftwareInventory}
 * @param update of {@code AWS-UpdateSSMAgent}
 */
public record HostDocuments(PatchRun patching, PatchRun inventory, PatchRun update) {
  private static final Set<String> PATCHING =
      Set.of(
          "AWS-RunPatchBaseline",
          "AWS-RunPatchBaselineAssociation",
          "Fleetmend-RollbackPatches",
          "Fleetmend-RunPatchBaseline");

  /** Whether a document changes or reads packages, and so must wait for others that do. */
  public static boolean touchesPackages(String document) {
    return PATCHING.contains(document);
  }

  /** What carries a document out, or null where its own steps do. */
  public @Nullable PatchRun of(String document) {
    return switch (document) {
      case "AWS-GatherSoftwareInventory" -> inventory;
      case "AWS-UpdateSSMAgent" -> update;
      default -> touchesPackages(document) ? patching : null;
    };
  }
}
