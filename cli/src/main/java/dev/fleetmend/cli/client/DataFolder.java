package dev.fleetmend.cli.client;

import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which a server keeps all it has, and from which commands learn where it is. */
public record DataFolder(Path path) {
  /** The one given, or {@code ~/.local/share/fleetmend}. */
  public static DataFolder of(@Nullable Path given) {
    return new DataFolder(
        (given == null
                ? Path.of(System.getProperty("user.home"), ".local", "share", "fleetmend")
                : given)
            .toAbsolutePath()
            .normalize());
  }

  /** The AWS configuration with the profile {@code fleetmend}. */
  public Path awsConfig() {
    return path.resolve("aws-config");
  }

  /** The certificate authority of a server that speaks TLS. */
  public Path authority() {
    return path.resolve("ca.pem");
  }

  /** Held by the server that runs; its text is the process id. */
  public Path lock() {
    return path.resolve("server.lock");
  }

  /** What a detached server says. */
  public Path log() {
    return path.resolve("server.log");
  }

  /**
   * The server's address and key.
   *
   * @throws Problem where no server was ever started on this folder
   */
  public AwsProfile profile() {
    try {
      return AwsProfile.parse(Files.readString(awsConfig()));
    } catch (NoSuchFileException e) {
      throw new Problem(
          ExitCode.NO_SERVER,
          "there is no server's key in "
              + path
              + "; start a server with './fleetmend up', or name its folder with --data");
    } catch (IOException e) {
      throw new Problem(
          ExitCode.ENVIRONMENT,
          "cannot read " + awsConfig() + " (" + e.getMessage() + "); nothing was asked");
    }
  }

  /** The server's API. */
  public Api api() {
    return new HttpApi(profile());
  }
}
