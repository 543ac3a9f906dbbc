package dev.fleetmend.swarm;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Nodes that are enrolled and do nothing but poll, and what that costs the server. */
final class IdleFleet {
  private static final int AT_ONCE = 20;

  private final Wire wire;
  private final List<SimulatedNode> nodes = new ArrayList<>();

  private IdleFleet(Wire wire) {
    this.wire = wire;
  }

  static IdleFleet enrol(Wire wire, Activation activation, int count)
      throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    IdleFleet fleet = new IdleFleet(wire);
    for (int enrolled = 0; enrolled < count; enrolled += AT_ONCE) {
      fleet.enrolSome(activation, generator.generateKeyPair(), Math.min(AT_ONCE, count - enrolled));
    }
    return fleet;
  }

  private void enrolSome(Activation activation, KeyPair key, int count) {
    List<CompletableFuture<SimulatedNode>> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(SimulatedNode.enrol(wire, activation, key));
    }
    some.forEach(node -> nodes.add(node.join()));
    nodes.stream()
        .skip(nodes.size() - (long) count)
        .map(SimulatedNode::heartbeat)
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** Polls with all nodes for a time, and says how the server stood meanwhile. */
  String idle(Duration time, ServerProcess server) {
    CompletableFuture<Void> end =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    AtomicLong polls = new AtomicLong();
    Duration cpuBefore = server.cpu();
    List<CompletableFuture<Void>> polling =
        nodes.stream().map(node -> node.pollUntil(end, polls)).toList();
    end.join();
    long resident = server.residentKilobytes();
    Duration cpu = server.cpu().minus(cpuBefore);
    polling.forEach(CompletableFuture::join);
    return String.format(
        "%d idle nodes for %d s: server resident %.1f MB, %.2f %% of a core, %d polls answered",
        nodes.size(),
        time.toSeconds(),
        resident / 1024.0,
        100.0 * cpu.toMillis() / time.toMillis(),
        polls.get());
  }
}
