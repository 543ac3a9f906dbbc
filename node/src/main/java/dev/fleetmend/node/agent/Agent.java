package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.document.CommandRunner;
import dev.fleetmend.node.document.HostDocuments;
import dev.fleetmend.node.host.BootId;
import dev.fleetmend.node.host.OsRelease;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.patch.Recovery;
import dev.fleetmend.node.state.HeldLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** An enrolled node's agent, from its start to the end of its process. */
public final class Agent {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final AgentConfig config;
  private final NodeSession session;
  private final BootId bootId;
  private final Clock clock;
  private final AgentLog log;

  public Agent(AgentConfig config, NodeSession session, BootId bootId, Clock clock, AgentLog log) {
    this.config = config;
    this.session = session;
    this.bootId = bootId;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Runs until the thread is interrupted.
   *
   * @throws IOException when another agent uses the state folder, or it can't be used
   */
  public void run(HostDocuments own, Recovery recovery) throws IOException, InterruptedException {
    Path lockFile = config.state().resolve("agent.lock");
    HeldLock lock = HeldLock.tryTake(lockFile);
    if (lock == null) {
      throw new IOException(
          HeldLock.holderOf(lockFile)
              + " is the agent of "
              + config.state()
              + " already; this one was not started");
    }
    try {
      start(own, recovery).run();
    } finally {
      lock.close();
    }
  }

  private MessagePoll start(HostDocuments own, Recovery recovery) throws IOException {
    ServiceClient server = session.server();
    String instanceId = session.registration().instanceId();
    Duration pace = Duration.ofSeconds(config.heartbeatSeconds());
    Heartbeat heartbeat = new Heartbeat(server, instanceId, pace, backoff(), log);
    inBackground("heartbeat", heartbeat::run);
    ReplyOutbox outbox = new ReplyOutbox(config.state().resolve("replies"), server, backoff(), log);
    CommandRunner runner =
        new CommandRunner(
            environment(),
            own,
            new SignedDocuments(server),
            new OutputUpload(server, log),
            outbox,
            bootId,
            clock);
    CommandQueue queue = new CommandQueue(runner, config.commandWorkers(), log);
    CommandBook book =
        new CommandBook(config.state().resolve("commands"), runner, queue, clock, log);
    Reboots reboots = new Reboots(queue, outbox, config.rebootCommand(), log);
    inBackground("reboots", reboots::run);
    inBackground("replies", outbox::run);
    inBackground("recovery", new RecoveryLoop(recovery, Thread::sleep, random(), log)::run);
    inBackground("memory", new SpareMemory()::run);
    book.resume();
    return new MessagePoll(server, instanceId, book, backoff(), log);
  }

  private Map<String, String> environment() throws IOException {
    OsRelease os = OsRelease.ofThisHost();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_SSM_INSTANCE_ID", session.registration().instanceId());
    environment.put("AWS_SSM_REGION_NAME", session.registration().region());
    environment.put("AWS_SSM_PLATFORM_NAME", os.name());
    environment.put("AWS_SSM_PLATFORM_VERSION", os.version());
    environment.put(
        "AWS_SHARED_CREDENTIALS_FILE", session.identity().sharedCredentialsFile().toString());
    return environment;
  }

  private static Backoff backoff() {
    return new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random());
  }

  private static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  private interface Loop {
    void run() throws InterruptedException;
  }

  private void inBackground(String name, Loop loop) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                loop.run();
              } catch (InterruptedException e) {
                log.info(name + " ends");
              }
            });
  }
}
