package dev.fleetmend.cli.up;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fleetmend env}. */
@Command(
    name = "env",
    description = "Prints what a shell evaluates to have the AWS tools use this server.",
    mixinStandardHelpOptions = true)
public final class EnvCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Override
  public void run() {
    DataFolder folder = data.folder();
    folder.profile();
    spec.commandLine()
        .getOut()
        .println("export AWS_CONFIG_FILE=" + quoted(folder.awsConfig().toString()));
    spec.commandLine().getOut().println("export AWS_PROFILE=" + AwsProfile.NAME);
    spec.commandLine().getOut().flush();
  }

  /** For a POSIX shell, whatever the folder's name holds. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
