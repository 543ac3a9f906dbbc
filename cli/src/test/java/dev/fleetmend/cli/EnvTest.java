package dev.fleetmend.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.AwsProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnvTest {
  @TempDir private Path temporary;

  @Test
  void whatTheShellHadForAwsItselfNoLongerCounts() throws IOException, InterruptedException {
    Path folder = folder("it's here", temporary.resolve("ca.pem"));

    String seen = evaluated(folder);

    assertThat(seen.lines())
        .contains(
            "AWS_CONFIG_FILE=" + folder.resolve("aws-config"),
            "AWS_PROFILE=fleetmend",
            "AWS_CA_BUNDLE=" + temporary.resolve("ca.pem"))
        .noneMatch(line -> line.startsWith("AWS_ACCESS_KEY_ID=") || line.startsWith("AWS_REGION="));
  }

  @Test
  void aServerWithoutTlsLeavesTheShellsAuthorities() throws IOException, InterruptedException {
    assertThat(evaluated(folder("plain", null)).lines()).contains("AWS_CA_BUNDLE=/the/shells.pem");
  }

  private Path folder(String name, @Nullable Path authority) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    URI endpoint = URI.create("https://127.0.0.1:1");
    AwsProfile profile = new AwsProfile(endpoint, "us-east-1", "ID", "secret", authority);
    Files.writeString(folder.resolve("aws-config"), profile.text());
    return folder;
  }

  /** The environment of a shell that had other things set and evaluated what env prints. */
  private static String evaluated(Path folder) throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute("env", "--data", folder.toString())).isZero();
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", "eval \"$1\"; env", "sh", out.toString());
    shell.environment().put("AWS_ACCESS_KEY_ID", "of another cloud");
    shell.environment().put("AWS_REGION", "eu-west-1");
    shell.environment().put("AWS_CA_BUNDLE", "/the/shells.pem");
    Process process = shell.start();
    String seen = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return seen;
  }
}
