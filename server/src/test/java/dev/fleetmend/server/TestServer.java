package dev.fleetmend.server;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.http.ControlChannels;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operation;
import dev.fleetmend.server.operation.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

/**
 * The server's parts without its HTTP face, on a fresh database and a clock that the test sets.
 * Work runs when the test says {@link #runDue}.
 */
public final class TestServer implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
  private static final Caller ADMINISTRATOR = new Caller.Key("TESTKEY", Role.ADMIN);

  private final ServerConfig config;
  private final SettableClock clock;
  private Core core;
  private Capabilities.Offered offered;

  private TestServer(ServerConfig config, SettableClock clock) {
    this.config = config;
    this.clock = clock;
    this.core = Core.open(config, clock);
    this.offered = Capabilities.offer(core);
  }

  /** Starts on a fresh database of an engine, with its files in a folder. */
  public static TestServer start(Databases engine, Path folder) {
    return on(engine.fresh(folder), folder);
  }

  /** Starts on a database, with its files in a folder. */
  public static TestServer on(String jdbcUrl, Path folder) {
    ServerConfig config =
        new ServerConfig(
            folder,
            jdbcUrl,
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            false);
    return new TestServer(config, new SettableClock(START));
  }

  /** Closes everything and opens it again on the same database. */
  public void restart() {
    core.close();
    core = Core.open(config, clock);
    offered = Capabilities.offer(core);
  }

  public Core core() {
    return core;
  }

  /** What the listener hands nodes' web sockets to. */
  public ControlChannels channels() {
    return offered.channels();
  }

  /** Looks once for messages that have become ready, as a running server does every second. */
  public void lookForMessages() {
    offered.deliveries().look();
  }

  public SettableClock clock() {
    return clock;
  }

  public void runDue() {
    core.work().runDue();
  }

  /** Calls an operation of the SDK's model as an administrator. */
  public <R> R call(SsmRequest request, Class<R> answer) {
    String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
    return call("AmazonSSM." + name, request, ADMINISTRATOR, answer);
  }

  /** Calls any operation as anyone, past the codec and the service model's constraints. */
  public <R> R call(String target, Object request, Caller caller, Class<R> answer) {
    Operation operation = core.operations().find(target);
    Objects.requireNonNull(operation, () -> target + " is not offered");
    if (!operation.access().admits(caller)) {
      throw new AssertionError(target + " does not admit " + caller);
    }
    if (operation.foreignNode(request, caller) != null) {
      throw new ApiException("AccessDeniedException", "another node is asked about");
    }
    Object result = operation.handler().handle(request, caller);
    if (result instanceof CompletionStage<?> later) {
      result = later.toCompletableFuture().join();
    }
    return answer.cast(result);
  }

  /** Calls an operation whose answer may come later. */
  public CompletableFuture<?> callLater(String target, Object request, Caller caller) {
    Operation operation = core.operations().find(target);
    Objects.requireNonNull(operation, () -> target + " is not offered");
    Object result = operation.handler().handle(request, caller);
    return result instanceof CompletionStage<?> later
        ? later.toCompletableFuture()
        : CompletableFuture.completedFuture(result);
  }

  @Override
  public void close() {
    core.close();
  }
}
