package dev.fleetmend.server.scan;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.Platform;
import dev.fleetmend.patching.fact.UpdateDetails;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Facts come from hosts that may be hostile: what is stored of them is bounded. */
final class FactsCheck {
  private static final int MOST_INSTALLED = 20_000;
  private static final int MOST_OFFERED = 60_000;
  private static final int MOST_LISTED = 2_000;
  private static final int LONGEST_TEXT = 2_000;
  private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern SYSTEM = Pattern.compile("[A-Z0-9_]{1,32}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private FactsCheck() {}

  static void hash(String hash) {
    require(HASH.matcher(hash).matches(), "Hash must be a SHA-256 in lower-case hex");
  }

  static void facts(HostFacts facts) {
    Platform platform = facts.platform();
    require(
        SYSTEM.matcher(platform.operatingSystem()).matches(),
        "OperatingSystem must be one of SSM's names");
    require(platform.product().length() <= 128, "Product must be at most 128 characters");
    words(List.of(facts.boot().id()));
    require(facts.installed().size() <= MOST_INSTALLED, "too many installed packages");
    require(facts.offered().size() <= MOST_OFFERED, "too many offered versions");
    require(
        facts.unfinished().size() <= MOST_LISTED && facts.boot().requiredBy().size() <= MOST_LISTED,
        "too many names");
    words(facts.unfinished());
    words(facts.boot().requiredBy());
    texts(List.of(platform.name(), platform.version(), platform.arch(), facts.packageManager()));
    String failure = facts.lists().failure();
    texts(failure == null ? List.of() : List.of(failure));
    boolean named = platform.operatingSystem().equals("MACOS");
    facts.installed().forEach(installed -> installed(installed, named));
    facts.offered().forEach(offered -> offered(offered, named));
  }

  private static void installed(InstalledPackage installed, boolean named) {
    name(installed.name(), named);
    words(List.of(installed.arch(), installed.version()));
    texts(List.of(installed.source(), installed.section(), installed.priority()));
  }

  private static void offered(OfferedVersion offered, boolean named) {
    name(offered.name(), named);
    words(List.of(offered.arch(), offered.version()));
    UpdateDetails update = offered.update();
    if (update != null) {
      update(update);
    }
    require(
        offered.cves().size() <= MOST_LISTED
            && offered.advisories().size() <= MOST_LISTED
            && offered.origins().size() <= MOST_LISTED,
        "too many origins, advisories or CVEs of " + offered.name());
    words(offered.cves());
    words(offered.advisories());
    texts(
        List.of(
            offered.section(), offered.priority(), offered.classification(), offered.severity()));
    offered
        .origins()
        .forEach(
            origin ->
                texts(
                    List.of(
                        origin.origin(),
                        origin.label(),
                        origin.suite(),
                        origin.codename(),
                        origin.component())));
  }

  private static void update(UpdateDetails update) {
    texts(
        List.of(
            update.title(),
            update.product(),
            update.productFamily(),
            update.patchSet(),
            update.rebootBehavior()));
    require(update.supersedes().size() <= MOST_LISTED, "too many superseded updates");
    words(update.supersedes());
  }

  /** Apple's labels are several words. */
  private static void name(String name, boolean ofWords) {
    words(List.of(ofWords ? name.replace(' ', '_') : name));
  }

  private static void words(Collection<String> words) {
    for (String word : words) {
      require(
          WORD.matcher(word).matches(), "a name, version or id is empty, too long or unprintable");
    }
  }

  private static void texts(Collection<String> texts) {
    for (String text : texts) {
      require(
          text.length() <= LONGEST_TEXT && text.indexOf('\0') < 0,
          "a text is too long or has a NUL");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ApiException("ValidationException", "The facts cannot be taken: " + otherwise);
    }
  }
}
