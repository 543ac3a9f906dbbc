package dev.fleetmend.node.identity;

import dev.fleetmend.node.http.Signing;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import dev.fleetmend.protocol.sign.RequestSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs with the temporary credentials that another agent keeps in a shared credentials file of
 * AWS's tools. The file is read for each request, since that agent renews what is in it.
 */
public final class SharedCredentials implements Signing {
  private static final String PROFILE = "[default]";

  private final Path file;
  private final RequestSigner signer;

  /** Those of a file, for requests to a server of that region. */
  public SharedCredentials(Path file, String region, Clock clock) {
    this.file = file;
    this.signer = new RequestSigner(region, clock);
  }

  @Override
  public Map<String, String> sign(OutgoingRequest request) throws IOException {
    return signer.sign(request, read());
  }

  @Override
  public void unknownToServer() {
    // Whose they are asks for new ones.
  }

  private Credentials read() throws IOException {
    Map<String, String> settings = new HashMap<>();
    boolean within = false;
    try {
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[")) {
          within = text.equals(PROFILE);
        } else if (within && text.contains("=")) {
          int equals = text.indexOf('=');
          settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + " is missing: the agent that started this must share its credentials", e);
    }
    return new Credentials(
        required(settings.get("aws_access_key_id")),
        required(settings.get("aws_secret_access_key")),
        required(settings.get("aws_session_token")));
  }

  private String required(@Nullable String setting) throws IOException {
    if (setting == null || setting.isEmpty()) {
      throw new IOException(file + " holds no temporary credentials in its default profile");
    }
    return setting;
  }
}
