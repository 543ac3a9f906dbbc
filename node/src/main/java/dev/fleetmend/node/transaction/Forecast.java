package dev.fleetmend.node.transaction;

import dev.fleetmend.node.journal.Journal;
import dev.fleetmend.node.journal.Order;
import dev.fleetmend.node.manager.LockHeldException;
import dev.fleetmend.node.manager.PackageManager;
import dev.fleetmend.node.vault.Vault;
import dev.fleetmend.patching.exchange.PatchPreview;
import dev.fleetmend.patching.exchange.PatchRunPlan;
import dev.fleetmend.patching.fact.HostFacts;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What orders would do to this host, tried by its package manager; changes nothing. */
public final class Forecast {
  private final PackageManager manager;
  private final Journal journal;
  private final Path state;

  /**
   * @param state the agent's state folder
   */
  public Forecast(PackageManager manager, Journal journal, Path state) {
    this.manager = manager;
    this.journal = journal;
    this.state = state;
  }

  /**
   * Tries a plan.
   *
   * @param reboots whether what goes in is followed by a reboot
   */
  public PatchPreview install(PatchRunPlan plan, HostFacts facts, boolean reboots)
      throws IOException {
    return new InstallForecast(host(), state).of(plan, facts, reboots);
  }

  /**
   * Tries rollbacks, one after the other.
   *
   * @param wholly whether the older ones are left alone where a newer one does not go back wholly
   */
  public PatchPreview uninstall(
      List<Order> orders, boolean wholly, List<String> notes, HostFacts facts) throws IOException {
    return new RollbackForecast(host()).of(orders, wholly, notes, facts);
  }

  /** What stands against rollbacks, one after the other, before the first one begins. */
  public List<String> objections(List<Order> orders, boolean wholly) throws IOException {
    return new RollbackForecast(host()).objections(orders, wholly);
  }

  /**
   * Who works with the package manager, so that an operation would wait; empty where nobody does.
   */
  public String busy() throws IOException {
    try {
      manager.awaitTurn(Duration.ZERO);
      return "";
    } catch (LockHeldException e) {
      return String.valueOf(e.getMessage());
    } catch (AccessDeniedException e) {
      return "";
    }
  }

  private Host host() throws IOException {
    Limits limits = Limits.read(state);
    return new Host(
        manager,
        journal,
        new Vault(state.resolve("vault"), limits.vaultReserve(), limits.vaultLimit()),
        new HeldBack(state, manager),
        limits,
        "");
  }
}
