package dev.fleetmend.server.preview;

import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.protocol.sign.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names what a run can be held to: hex SHA-256, of one node's preview and of all of them. */
final class PreviewHash {
  private PreviewHash() {}

  static String of(PatchPreview preview) {
    return sha256(preview.binding());
  }

  /** Over the nodes' ids and hashes, in the order of the ids. */
  static String of(List<PreviewTable.Stored> all) {
    return sha256(
        String.join("\n", all.stream().map(one -> one.instanceId() + " " + one.hash()).toList()));
  }

  private static String sha256(String text) {
    return Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
