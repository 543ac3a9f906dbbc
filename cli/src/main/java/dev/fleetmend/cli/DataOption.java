package dev.fleetmend.cli;

import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data DIR}, which every command takes that needs a server or its key. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data folder. Default: ~/.local/share/fleetmend")
  private @Nullable Path data;

  public DataFolder folder() {
    return DataFolder.of(data);
  }

  public Api api() {
    return folder().api();
  }
}
