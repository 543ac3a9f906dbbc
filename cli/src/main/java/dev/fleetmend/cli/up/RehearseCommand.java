package dev.fleetmend.cli.up;

import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.report.FleetReport;
import dev.fleetmend.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code fleetmend rehearse}: a short life of a server and its client in one process. The launcher
 * runs it after a build with {@code -XX:AOTCacheOutput}, so that the JVM keeps what a start loads
 * and links and later starts find that done.
 */
@Command(name = "rehearse", hidden = true, description = "What the launcher learns a start from.")
public final class RehearseCommand implements Callable<Integer> {
  /** A second start finds tables, keys and a profile, as all starts but the first do. */
  private static final int STARTS = 2;

  @Parameters(paramLabel = "DIR", description = "A folder of its own for the server's data.")
  private Path data = Path.of("");

  @Override
  public Integer call() throws IOException {
    DataFolder folder = DataFolder.of(data);
    for (int start = 0; start < STARTS; start++) {
      RunningServer server = RunningServer.start(folder, ServerConfig.local(data, 0), List.of());
      ask(folder.api());
      server.close();
    }
    return 0;
  }

  private static void ask(Api api) {
    api.ssm("DescribePatchBaselines", Api.request());
    FleetReport report = FleetReport.of(api);
    report.table();
    report.html();
  }
}
