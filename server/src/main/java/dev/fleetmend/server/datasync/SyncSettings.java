package dev.fleetmend.server.datasync;

import dev.fleetmend.protocol.sign.Credentials;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Where resource data syncs may write, in {@code data-sync.properties} of the data folder: {@code
 * folder} for buckets named {@code file:<name>} (else {@code sync} in the data folder); {@code
 * endpoint}, {@code access-key-id} and {@code secret-access-key} for all others. Read at every run,
 * so that a change needs no restart.
 */
record SyncSettings(Path folder, Optional<Endpoint> endpoint) {
  private static final String FILE = "data-sync.properties";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  /** An S3-compatible endpoint. */
  record Endpoint(URI uri, Credentials credentials) {}

  /**
   * Reads the settings.
   *
   * @throws SyncFailedException where the file cannot be read or is wrong
   */
  static SyncSettings of(Path dataFolder) throws SyncFailedException {
    Path file = dataFolder.resolve(FILE);
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new SyncFailedException(
            "others can read the secret in " + file + "; make its mode 0600");
      }
    } catch (NoSuchFileException e) {
      return new SyncSettings(dataFolder.resolve("sync"), Optional.empty());
    } catch (IOException | IllegalArgumentException e) {
      throw new SyncFailedException("cannot read " + file + ": " + e);
    }
    String folder = settings.getProperty("folder");
    return new SyncSettings(
        folder == null ? dataFolder.resolve("sync") : Path.of(folder), endpoint(file, settings));
  }

  private static Optional<Endpoint> endpoint(Path file, Properties settings)
      throws SyncFailedException {
    String endpoint = settings.getProperty("endpoint");
    if (endpoint == null) {
      return Optional.empty();
    }
    String id = settings.getProperty("access-key-id");
    String secret = settings.getProperty("secret-access-key");
    if (!endpoint.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?") || id == null || secret == null) {
      throw new SyncFailedException(
          file
              + " needs an endpoint such as https://s3.example.org, access-key-id and"
              + " secret-access-key");
    }
    return Optional.of(new Endpoint(URI.create(endpoint), new Credentials(id, secret, null)));
  }
}
