package dev.fleetmend.cli.key;

import dev.fleetmend.cli.DataOption;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.DataFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleetmend key revoke}. */
@Command(
    name = "revoke",
    description = "Ends a key, at once and for ever. The last of an administrator stays.",
    mixinStandardHelpOptions = true)
final class KeyRevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "KEY", description = "Its id, as 'key list' shows it.")
  private String id = "";

  @Option(names = "--yes", description = "Also where it is the key that this command uses.")
  private boolean yes;

  @Override
  public Integer call() {
    DataFolder folder = data.folder();
    if (!yes && folder.profile().keyId().equals(id)) {
      throw new Problem(
          ExitCode.FAILED,
          id
              + " is the key in "
              + folder.awsConfig()
              + ", which these commands use; it was not revoked. Say --yes to revoke it all the"
              + " same: the next './fleetmend up' there makes another");
    }
    folder.api().call("Fleetmend.RevokeAccessKey", Api.request().put("AccessKeyId", id));
    spec.commandLine().getOut().println("Access key " + id + " is revoked.");
    return ExitCode.OK;
  }
}
