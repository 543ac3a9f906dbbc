package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Change;
import dev.fleetmend.node.journal.ConfigurationFile;
import dev.fleetmend.node.journal.Entry;
import dev.fleetmend.node.journal.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes configuration files what they were before an installation, unless edited since. */
final class ConfigurationBack {
  private final Map<String, String> before;
  private final Map<String, String> after;
  private final ConfigurationKeeper keeper;

  ConfigurationBack(Transaction undone) {
    this.before = digests(undone.before().map(Entry::configuration).orElse(List.of()));
    this.after = digests(undone.last().configuration());
    this.keeper = new ConfigurationKeeper(undone.folder());
  }

  /** Those that are no longer what the installation left. */
  List<ConfigurationFile> editedSince() throws IOException {
    List<ConfigurationFile> edited = new ArrayList<>();
    for (Map.Entry<String, String> left : after.entrySet()) {
      String now = ConfigurationKeeper.digest(Path.of(left.getKey()));
      if (!now.equals(left.getValue())) {
        edited.add(new ConfigurationFile(left.getKey(), now));
      }
    }
    return edited;
  }

  /**
   * Puts back all others, once the packages are back.
   *
   * @return what stays otherwise, for people
   */
  List<String> putBack(List<ConfigurationFile> edited, List<Change> changes, Standing now)
      throws IOException {
    if (changes.isEmpty() || changes.stream().noneMatch(now::isAfter)) {
      return List.of();
    }
    List<String> differences = new ArrayList<>();
    Map<String, String> editedSince = digests(edited);
    Set<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String path : all) {
      String was = before.getOrDefault(path, "");
      String is = ConfigurationKeeper.digest(Path.of(path));
      if (is.equals(was)) {
        continue;
      }
      if (editedSince.containsKey(path)) {
        differences.add(path + " was edited since and stays as it is");
      } else {
        keeper.putBack(new ConfigurationFile(path, was));
      }
    }
    return differences;
  }

  private static Map<String, String> digests(List<ConfigurationFile> files) {
    Map<String, String> digests = new HashMap<>();
    files.forEach(file -> digests.put(file.path(), file.digest()));
    return digests;
  }
}
