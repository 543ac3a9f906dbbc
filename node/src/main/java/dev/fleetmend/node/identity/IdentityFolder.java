package dev.fleetmend.node.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    return NodeKey.in(keyFile());
  }

  /** The key that is to follow, made at its first use. */
  NodeKey nextKey() throws IOException {
    DurableFile.makeFolder(folder);
    if (Files.exists(nextKeyFile())
        && Arrays.equals(NodeKey.in(nextKeyFile()).encoded(), key().encoded())) {
      DurableFile.delete(nextKeyFile()); // a crash came between its use and its end
    }
    return NodeKey.in(nextKeyFile());
  }

  /** The keys that the server may know besides {@link #key}: the next, and the one before. */
  List<NodeKey> otherKeys() throws IOException {
    List<NodeKey> keys = new ArrayList<>();
    for (Path file : List.of(nextKeyFile(), previousKeyFile())) {
      if (Files.exists(file)) {
        keys.add(NodeKey.in(file));
      }
    }
    return keys;
  }

  /** Has one of those be {@link #key} from now on; what was, becomes the one before. */
  void use(NodeKey key) throws IOException {
    DurableFile.write(previousKeyFile(), Files.readAllBytes(keyFile()));
    DurableFile.write(keyFile(), key.encoded());
    DurableFile.delete(nextKeyFile());
  }

  private Path keyFile() {
    return folder.resolve("key.pk8");
  }

  private Path nextKeyFile() {
    return folder.resolve("key.next.pk8");
  }

  private Path previousKeyFile() {
    return folder.resolve("key.previous.pk8");
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

  /** Forgets the credentials, which are of another registration. */
  void forgetCredentials() throws IOException {
    credentials().delete();
    DurableFile.delete(sharedCredentialsFile());
  }
}
