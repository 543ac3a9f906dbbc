package dev.fleetmend.node.zypper;

import dev.fleetmend.node.manager.FreshLists;
import dev.fleetmend.node.program.ProgramResult;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The repositories' downloaded lists: how old they are, and fetching them anew. */
final class ZypperLists implements FreshLists.Source {
  private final ZypperCommands commands;
  private final ZypperRepositories repositories;

  ZypperLists(ZypperCommands commands, ZypperRepositories repositories) {
    this.commands = commands;
    this.repositories = repositories;
  }

  @Override
  public boolean areComplete() throws IOException {
    return repositories.haveLists();
  }

  @Override
  public long fetchedAt() throws IOException {
    return repositories.oldestListAt();
  }

  @Override
  public @Nullable String fetch() throws IOException {
    ProgramResult result = commands.run(List.of(), List.of("refresh"));
    return result.succeeded() ? null : words(result);
  }

  private static String words(ProgramResult result) {
    List<String> said = ZypperAnswer.parse(result.output()).errors();
    String text = said.isEmpty() ? result.errors().strip() : String.join("; ", said);
    String words = text.isEmpty() ? "zypper refresh ended with " + result.exitCode() : text;
    return words.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
