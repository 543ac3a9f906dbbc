package dev.fleetmend.cli.up;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.print.ShellWord;
import java.io.PrintWriter;
import java.nio.file.Path;
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
  /** What a shell may have set for AWS itself, and what the tools take before any profile. */
  private static final String OVERRIDING =
      "AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION"
          + " AWS_ENDPOINT_URL AWS_ENDPOINT_URL_SSM";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Override
  public void run() {
    DataFolder folder = data.folder();
    Path authority = folder.profile().authority();
    PrintWriter out = spec.commandLine().getOut();
    out.println("export AWS_CONFIG_FILE=" + ShellWord.of(folder.awsConfig().toString()));
    out.println("export AWS_PROFILE=" + AwsProfile.NAME);
    if (authority != null) {
      out.println("export AWS_CA_BUNDLE=" + ShellWord.of(authority.toString()));
    }
    out.println("unset " + OVERRIDING);
    out.flush();
  }
}
