package dev.fleetmend.server.clients;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The server of moto, a widely used emulator written in Python, where this machine has it. */
final class Emulator implements AutoCloseable {
  private final Process process;
  private final int port;
  private final String version;

  private Emulator(Process process, int port, String version) {
    this.process = process;
    this.port = port;
    this.version = version;
  }

  /** Starts it, or says that there is none. */
  static Optional<Emulator> start(Path folder) throws IOException, InterruptedException {
    Optional<String> version = version(folder);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(List.of("moto_server", "-p", Integer.toString(port)))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("moto.log").toFile())
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    await("an emulator on port " + port)
        .atMost(Duration.ofMinutes(1))
        .until(() -> !process.isAlive() || listens(port));
    return process.isAlive()
        ? Optional.of(new Emulator(process, port, version.get()))
        : Optional.empty();
  }

  private static Optional<String> version(Path folder) throws InterruptedException {
    Path output = folder.resolve("moto.version");
    try {
      Process asked =
          new ProcessBuilder(List.of("python3", "-c", "import moto; print(moto.__version__)"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(output.toFile())
              .start();
      return asked.waitFor() == 0
          ? Optional.of("moto " + Files.readString(output).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Its name and version. */
  String version() {
    return version;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
