package dev.fleetmend.server.preview;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PreviewReport;
import dev.fleetmend.patching.exchange.PreviewedChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Previews come from hosts that may be hostile: what is taken is bounded. */
final class PreviewCheck {
  private static final int MOST_CHANGES = 20_000;
  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_WORD = 256;
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_OVERRIDE = 1 << 20;

  private PreviewCheck() {}

  static void report(PreviewReport report) {
    require(
        report.commandId().matches("[A-Za-z0-9-]{1,64}"),
        "CommandId must be 1 to 64 letters, digits and dashes");
    text(report.baselineOverride());
    text(report.installOverrideList());
    PatchPreview preview = report.preview();
    require(
        List.of("Install", "Uninstall").contains(preview.operation()),
        "Operation must be Install or Uninstall");
    require(preview.baselineId().length() <= LONGEST_WORD, "BaselineId is too long");
    require(
        preview.changes().size() <= MOST_CHANGES && preview.leftOut().size() <= MOST_CHANGES,
        "too many changes");
    preview.changes().forEach(PreviewCheck::change);
    preview
        .leftOut()
        .forEach(
            one -> {
              words(one.name(), one.arch(), one.version());
              lines(List.of(one.why()));
            });
    lines(preview.undoes());
    lines(preview.services());
    lines(preview.obstacles());
    lines(preview.notes());
  }

  private static void change(PreviewedChange change) {
    words(change.name(), change.arch(), change.undoes());
    words(
        change.fromVersion() == null ? "" : change.fromVersion(),
        change.toVersion() == null ? "" : change.toVersion());
    require(!change.name().isEmpty() && !change.arch().isEmpty(), "a change names no package");
    lines(change.cves());
    lines(List.of(change.whyNotRevertible()));
  }

  private static void words(String... words) {
    for (String word : words) {
      require(word.length() <= LONGEST_WORD, "a name or version is too long");
    }
  }

  private static void lines(List<String> lines) {
    require(lines.size() <= MOST_LINES, "too many lines");
    lines.forEach(line -> require(line.length() <= LONGEST_LINE, "a line is too long"));
  }

  private static void text(@Nullable String text) {
    require(text == null || text.length() <= LONGEST_OVERRIDE, "an override is larger than 1 MB");
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApiException("ValidationException", otherwise + ".");
    }
  }
}
