package dev.fleetmend.node.program;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs programs with a known environment, no input, and their words in plain English. */
public final class Programs {
  private static final File NOTHING = new File("/dev/null");
  private static final List<String> KEPT =
      List.of("HOME", "http_proxy", "https_proxy", "ftp_proxy", "no_proxy");

  private final Map<String, String> environment;

  /**
   * @param environment added to PATH, HOME, LC_ALL and the proxy settings; nothing else is passed
   *     on
   */
  public Programs(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs a program and reads what it says; it is ended where this thread is interrupted.
   *
   * @throws InterruptedIOException when this thread was interrupted; it stays so
   * @throws IOException when the program cannot be started or read
   */
  public ProgramResult run(List<String> command) throws IOException {
    Process process = builder(command).redirectInput(NOTHING).start();
    CompletableFuture<String> output = readAside(process.getInputStream());
    CompletableFuture<String> errors = readAside(process.getErrorStream());
    try {
      return new ProgramResult(process.waitFor(), output.get(), errors.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.getFirst());
    } catch (ExecutionException e) {
      throw new IOException("cannot read what " + command.getFirst() + " said", e.getCause());
    } finally {
      process.destroy();
    }
  }

  /**
   * Starts a program whose output can be read as a stream. The caller ends it.
   *
   * @throws IOException when it cannot be started
   */
  public Process stream(List<String> command) throws IOException {
    return builder(command)
        .redirectInput(NOTHING)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Starts a program that says all into a file, so that it goes on undisturbed where the process
   * that started it dies.
   *
   * @param folder where it works
   * @throws IOException when it cannot be started
   */
  public Process start(List<String> command, Path folder, Path log) throws IOException {
    return builder(command)
        .directory(folder.toFile())
        .redirectInput(NOTHING)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> all = builder.environment();
    all.keySet().retainAll(KEPT);
    all.putIfAbsent("HOME", "/root");
    all.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    all.put("LC_ALL", "C.UTF-8");
    all.putAll(environment);
    return builder;
  }

  private static CompletableFuture<String> readAside(InputStream stream) {
    CompletableFuture<String> read = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                read.complete(text(stream));
              } catch (IOException e) {
                read.completeExceptionally(e);
              }
            });
    return read;
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
