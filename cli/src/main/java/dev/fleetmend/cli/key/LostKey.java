package dev.fleetmend.cli.key;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.server.LocalKeys;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import dev.fleetmend.server.access.AccessKeyOperations;
import dev.fleetmend.server.backup.DataFiles;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Engine;
import dev.fleetmend.server.store.UnusableDatabaseException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Makes keys in the data folder of a server that does not run. */
final class LostKey {
  private static final String USUAL_ENDPOINT = "http://127.0.0.1:8440";

  private final DataFolder folder;
  private final @Nullable String database;

  LostKey(DataFolder folder, @Nullable String database) {
    this.folder = folder;
    this.database = database;
  }

  AwsProfile create(Role role, String name) {
    ServerConfig config =
        new ServerConfig(
            folder.path(),
            database,
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            false);
    if (database == null && new DataFiles(folder.path()).engine() == Engine.POSTGRESQL) {
      throw new Problem(
          ExitCode.USAGE,
          "the server of "
              + folder.path()
              + " keeps its data in PostgreSQL; no key was made. Name its database with --db");
    }
    try {
      AccessKeyOperations.requireName(name);
      AccessKey key = LocalKeys.create(config, Clock.systemUTC(), role, name);
      return profile(config, key);
    } catch (ApiException e) {
      throw new Problem(ExitCode.USAGE, e.text() + " No key was made");
    } catch (UnusableDatabaseException e) {
      throw new Problem(ExitCode.ENVIRONMENT, e.getMessage() + "; no key was made");
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.USAGE, "--db: " + e.getMessage() + "; no key was made");
    }
  }

  private AwsProfile profile(ServerConfig config, AccessKey key) {
    if (Files.exists(folder.awsConfig())) {
      AwsProfile known = folder.profile();
      return new AwsProfile(
          known.endpoint(), known.region(), key.id(), key.secret(), known.authority());
    }
    Path authority = Files.exists(folder.authority()) ? folder.authority() : null;
    return new AwsProfile(
        URI.create(USUAL_ENDPOINT), config.region(), key.id(), key.secret(), authority);
  }
}
