package dev.fleetmend.cli.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.up.ServerLock;
import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.operation.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleetmend key create}. */
@Command(
    name = "create",
    description = {
      "Makes a key and prints a profile for the AWS tools with it; the secret is shown this once.",
      "Where no server runs on the data folder, it is made there directly: a way back for whoever",
      "lost the last key."
    },
    mixinStandardHelpOptions = true)
final class KeyCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "viewer reads, operator runs and schedules, admin decides and gives keys.")
  private Role role = Role.VIEWER;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What its owner calls it, up to 64 characters.")
  private String name = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile's name. Default: fleetmend")
  private String profile = AwsProfile.NAME;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Writes the profile to this new file, mode 0600, instead of printing it.")
  private @Nullable Path file;

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "JDBC URL of the server's PostgreSQL database, where it does not run.")
  private @Nullable String database;

  @Override
  public Integer call() throws IOException {
    if (!profile.matches("[A-Za-z0-9_.-]{1,64}")) {
      throw new Problem(
          ExitCode.USAGE, "--profile takes letters, digits, dots and dashes; no key was made");
    }
    if (file != null && Files.exists(file)) {
      throw new Problem(
          ExitCode.FAILED, file + " is there already; no key was made. Name a new file");
    }
    DataFolder folder = data.folder();
    AwsProfile made = isDirect(folder) ? direct(folder) : asked(folder);
    String text = made.text(profile);
    if (file == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    } else {
      PrivateFiles.write(file, text.getBytes(UTF_8));
    }
    spec.commandLine()
        .getErr()
        .println(
            "fleetmend: access key "
                + made.keyId()
                + " ("
                + role.text()
                + ") is made"
                + (file == null
                    ? "; its secret is not shown again"
                    : "; its profile is in " + file + ", and its secret nowhere else"));
    return ExitCode.OK;
  }

  /** Whoever has the folder of a server that is down has all that it had. */
  private static boolean isDirect(DataFolder folder) throws IOException {
    return Files.exists(folder.path().resolve("master.key")) && ServerLock.holder(folder).isEmpty();
  }

  private AwsProfile direct(DataFolder folder) {
    AwsProfile made = new LostKey(folder, database).create(role, name);
    if (!Files.exists(folder.awsConfig())) {
      spec.commandLine()
          .getErr()
          .println(
              "fleetmend: the profile names the usual address "
                  + made.endpoint()
                  + "; change it where the server listens elsewhere");
    }
    return made;
  }

  private AwsProfile asked(DataFolder folder) throws IOException {
    if (!Files.exists(folder.awsConfig()) && ServerLock.holder(folder).isPresent()) {
      throw new Problem(
          ExitCode.ENVIRONMENT,
          "there is no key in "
              + folder.path()
              + " to ask the server with; no key was made. Stop it with './fleetmend down',"
              + " make the key, and start it again");
    }
    AwsProfile own = folder.profile();
    ObjectNode made =
        folder
            .api()
            .call(
                "Fleetmend.CreateAccessKey",
                Api.request().put("Role", role.text()).put("Name", name));
    return new AwsProfile(
        own.endpoint(),
        own.region(),
        made.path("AccessKeyId").asText(),
        made.path("SecretAccessKey").asText(),
        own.authority());
  }
}
