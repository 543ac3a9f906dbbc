package dev.fleetmend.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that is about to run, on a host or beside the lab; each method gives itself back. */
public final class Execution {
  private final List<String> prefix;
  private final List<String> command;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private byte[] stdin = {};
  private Duration limit = Duration.ofMinutes(10);

  Execution(List<String> prefix, List<String> command) {
    this.prefix = List.copyOf(prefix);
    this.command = List.copyOf(command);
  }

  static Execution local(String... command) {
    return new Execution(List.of("env"), List.of(command));
  }

  public Execution env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Execution stdin(String text) {
    stdin = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** How long it may take before it is killed; 10 minutes when not said. */
  public Execution within(Duration limit) {
    this.limit = limit;
    return this;
  }

  /** Starts it and returns at once; its standard input is open. */
  public Process start() {
    try {
      return builder().start();
    } catch (IOException e) {
      throw new LabException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws LabException when it takes longer than its limit
   */
  public ExecResult run() {
    Process process = start();
    CompletableFuture<String> stdout = drain(process.getInputStream());
    CompletableFuture<String> stderr = drain(process.getErrorStream());
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException e) {
      // It ended without reading all of its input; the exit status tells the rest.
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new LabException(String.join(" ", command) + " took longer than " + limit);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + command.getFirst(), e);
    }
    return new ExecResult(process.exitValue(), stdout.join(), stderr.join());
  }

  /** Runs it on this process's own standard streams, and gives its exit status. */
  public int attached() {
    try {
      return builder().inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LabException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + command.getFirst(), e);
    }
  }

  private ProcessBuilder builder() {
    List<String> all = new ArrayList<>(prefix);
    environment.forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(command);
    return new ProcessBuilder(all);
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return text;
  }
}
