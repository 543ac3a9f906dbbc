package dev.fleetmend.node.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the node keeps who it is. */
public final class IdentityFolder {
  private final Path folder;
  private final JsonFile<Registration> registration;

  public IdentityFolder(Path state) {
    this.folder = state.resolve("identity");
    this.registration = new JsonFile<>(folder.resolve("registration.json"), Registration.class);
  }

  /** The registration, or null where the node was never enrolled. */
  public @Nullable Registration registration() throws IOException {
    return registration.read();
  }

  void keep(Registration known) throws IOException {
    registration.write(known);
  }

  /** The node's key, made at its first use. */
  NodeKey key() throws IOException {
    DurableFile.makeFolder(folder);
    return NodeKey.in(folder.resolve("key.pk8"));
  }

  /** The node's fingerprint, made at its first use and kept over later enrolments. */
  String fingerprint() throws IOException {
    DurableFile.makeFolder(folder);
    Path file = folder.resolve("fingerprint");
    if (!Files.exists(file)) {
      DurableFile.write(file, UUID.randomUUID().toString().getBytes(US_ASCII));
    }
    return Files.readString(file).strip();
  }

  JsonFile<TemporaryCredentials> credentials() {
    return new JsonFile<>(folder.resolve("credentials.json"), TemporaryCredentials.class);
  }

  /** The credentials again, in the form that AWS's tools read. */
  public Path sharedCredentialsFile() {
    return folder.resolve("aws-credentials");
  }

  /** Forgets key, registration and credentials; the fingerprint stays. */
  void forget() throws IOException {
    registration.delete();
    credentials().delete();
    DurableFile.delete(sharedCredentialsFile());
    DurableFile.delete(folder.resolve("key.pk8"));
  }
}
