package dev.fleetmend.node.yum;

import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.node.rpm.Repository;
import dev.fleetmend.node.rpm.RepositoryIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The repositories' downloaded metadata: how old they are, and fetching them anew. */
final class YumLists implements FreshLists.Source {
  /** Between these yum gives advice on what to do about a repository that failed. */
  private static final String ADVICE = "One of the configured repositories failed";

  private static final String END_OF_ADVICE = "skip_if_unavailable=true";

  private final YumCommands commands;
  private final Path cache;

  /**
   * @param cache the folder in which yum keeps metadata for us
   */
  YumLists(YumCommands commands, Path cache) {
    this.commands = commands;
    this.cache = cache;
  }

  @Override
  public boolean areComplete() throws IOException {
    YumConfiguration configuration = YumConfiguration.read(cache);
    List<Repository> here = configuration.repositories();
    return here.size() == configuration.definitions().ids().size()
        && RepositoryIndex.lacking(here).isEmpty();
  }

  /** The repository that was reached longest ago counts. */
  @Override
  public long fetchedAt() throws IOException {
    return reached().values().stream().mapToLong(time -> time.toMillis() / 1000).min().orElse(0);
  }

  @Override
  public @Nullable String fetch() throws IOException {
    Map<String, FileTime> before = reached();
    ProgramResult result = commands.makecache();
    if (!result.succeeded()) {
      return failureIn(result);
    }
    Map<String, FileTime> after = reached();
    YumConfiguration configuration = YumConfiguration.read(cache);
    String passedOver =
        configuration.definitions().ids().stream()
            .filter(id -> !after.containsKey(id) || Objects.equals(before.get(id), after.get(id)))
            .collect(Collectors.joining(", "));
    if (!passedOver.isEmpty()) {
      return "yum passed over " + passedOver + ": " + failureIn(result);
    }
    return notices(configuration.repositories());
  }

  /** Older yum leaves them out of its cache until they are asked for. */
  private @Nullable String notices(List<Repository> repositories) throws IOException {
    if (RepositoryIndex.lacking(repositories).isEmpty()) {
      return null;
    }
    ProgramResult result = commands.notices();
    List<String> lacking = RepositoryIndex.lacking(repositories);
    return lacking.isEmpty()
        ? null
        : "yum did not fetch " + String.join(", ", lacking) + ": " + failureIn(result);
  }

  /** When yum last reached each enabled repository. */
  private Map<String, FileTime> reached() throws IOException {
    YumConfiguration configuration = YumConfiguration.read(cache);
    Map<String, FileTime> reached = new HashMap<>();
    for (String id : configuration.definitions().ids()) {
      Path cookie = configuration.cookie(id);
      if (Files.isRegularFile(cookie)) {
        reached.put(id, Files.getLastModifiedTime(cookie));
      }
    }
    return reached;
  }

  /** What yum said, without its advice. */
  static String failureIn(ProgramResult result) {
    StringBuilder said = new StringBuilder();
    boolean advice = false;
    for (String line : result.errors().lines().map(String::strip).distinct().toList()) {
      advice |= line.contains(ADVICE);
      if (!advice && !line.isEmpty()) {
        said.append(said.isEmpty() ? "" : "; ").append(line);
      }
      advice &= !line.contains(END_OF_ADVICE);
    }
    return said.isEmpty() ? "yum exited with " + result.exitCode() : said.toString();
  }
}
