package dev.fleetmend.node.patch;

import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PreviewedChange;
import java.util.ArrayList;
import java.util.List;

/** A preview for people, a line a package. */
final class PreviewText {
  private PreviewText() {}

  static String of(PatchPreview preview) {
    List<String> lines = new ArrayList<>();
    lines.add("Preview of " + preview.operation() + "; nothing was changed:");
    preview.undoes().forEach(id -> lines.add("  takes back installation " + id));
    preview.changes().forEach(change -> lines.add("  " + line(change)));
    if (preview.changes().isEmpty()) {
      lines.add("  nothing would change");
    }
    preview
        .leftOut()
        .forEach(
            one ->
                lines.add(
                    "  left out: %s.%s %s: %s"
                        .formatted(one.name(), one.arch(), one.version(), one.why())));
    preview.obstacles().forEach(one -> lines.add("  it would stop: " + one));
    lines.add("  downloads " + preview.downloadBytes() + " bytes");
    if (!preview.services().isEmpty()) {
      lines.add("  restarts " + String.join(", ", preview.services()));
    }
    lines.add(preview.reboots() ? "  ends with a reboot" : "  does not reboot");
    preview.notes().forEach(note -> lines.add("  note: " + note));
    return String.join("\n", lines) + "\n";
  }

  private static String line(PreviewedChange change) {
    String line = change.line();
    if (!change.whyNotRevertible().isEmpty()) {
      line += ": " + change.whyNotRevertible();
    }
    return change.cves().isEmpty() ? line : line + " [" + String.join(", ", change.cves()) + "]";
  }
}
