package dev.fleetmend.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.protocol.sign.OutgoingRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCredentialsTest {
  private static final OutgoingRequest REQUEST =
      new OutgoingRequest("ssm", "POST", URI.create("http://127.0.0.1/"), Map.of(), "00");
  @TempDir private Path folder;

  @Test
  void theDefaultProfileIsReadForEachRequest() throws Exception {
    Path file = folder.resolve("credentials");
    SharedCredentials signing =
        new SharedCredentials(
            file,
            "eu-central-1",
            Clock.fixed(Instant.parse("2027-01-02T03:04:05Z"), ZoneOffset.UTC));
    Files.writeString(
        file,
        """
        [other]
        aws_access_key_id=WRONG
        [default]
        aws_access_key_id     = ONE
        aws_secret_access_key = a=b
        aws_session_token     = t1==
        [more]
        x=y
        """);
    assertThat(signing.sign(REQUEST))
        .containsEntry("X-Amz-Security-Token", "t1==")
        .hasEntrySatisfying(
            "Authorization",
            value ->
                assertThat(value)
                    .contains("Credential=ONE/20270102/eu-central-1/ssm/aws4_request"));

    Files.writeString(
        file, "[default]\naws_access_key_id=TWO\naws_secret_access_key=s\naws_session_token=t2\n");
    assertThat(signing.sign(REQUEST)).containsEntry("X-Amz-Security-Token", "t2");
  }

  @Test
  void aFileThatCannotServeSaysWhy() throws Exception {
    Path file = folder.resolve("credentials");
    SharedCredentials signing = new SharedCredentials(file, "us-east-1", Clock.systemUTC());

    assertThatThrownBy(() -> signing.sign(REQUEST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("share its credentials");
    Files.writeString(file, "[default]\naws_access_key_id=ONE\naws_secret_access_key=\n");
    assertThatThrownBy(() -> signing.sign(REQUEST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no temporary credentials");
  }
}
