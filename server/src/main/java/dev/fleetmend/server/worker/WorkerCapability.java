package dev.fleetmend.server.worker;

import dev.fleetmend.server.Core;
import dev.fleetmend.server.command.CommandCapability;
import dev.fleetmend.server.command.CommandsUnderWay;
import dev.fleetmend.server.node.NodeDirectory;
import dev.fleetmend.server.scan.PatchRuns;

/** Patch workers that are one script, put together. */
public final class WorkerCapability {
  private final CommandCapability commands;
  private final TokenSeal seal;
  private final WorkerPosts posts;

  public WorkerCapability(
      Core core, NodeDirectory nodes, CommandCapability commands, PatchRuns runs) {
    CommandsUnderWay underWay = commands.underWay();
    WorkerTokens tokens = new WorkerTokens(core.clock());
    this.commands = commands;
    this.seal = new TokenSeal(underWay, nodes, tokens);
    this.posts = new WorkerPosts(core, underWay, nodes, tokens, new WorkerRuns(core.clock(), runs));
  }

  /** Has tokens go out with patch commands, and takes what comes back with them. */
  public void offer() {
    commands.handover().sealing(seal);
    posts.offer();
  }
}
