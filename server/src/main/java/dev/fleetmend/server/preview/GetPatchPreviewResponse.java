package dev.fleetmend.server.preview;

import dev.fleetmend.patching.exchange.PatchPreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@link GetPatchPreviewRequest}.
 *
 * @param status the command's
 * @param hash over the previews of all nodes that said something; null until the command has ended,
 *     and where no node said anything
 * @param expiresTime until when a run can be held to it, epoch seconds; 0 where there is no hash
 * @param previews by node id
 */
public record GetPatchPreviewResponse(
    String commandId,
    String status,
    @Nullable String hash,
    double expiresTime,
    int targetCount,
    int previewCount,
    List<NodePreview> previews,
    @Nullable String nextToken) {
  public GetPatchPreviewResponse {
    previews = List.copyOf(previews);
  }

  /**
   * What would be done to a node.
   *
   * @param hash of this node's preview
   */
  public record NodePreview(String instanceId, String hash, PatchPreview preview) {}
}
