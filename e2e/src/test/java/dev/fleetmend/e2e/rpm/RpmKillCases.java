package dev.fleetmend.e2e.rpm;

import dev.fleetmend.e2e.kill.KillCases;
import dev.fleetmend.e2e.kill.KillHost;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.RpmArchive;
import dev.fleetmend.lab.RpmFamily;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Kills on a host of rpm packages. */
public abstract class RpmKillCases extends KillCases {
  private final RpmFamily family;
  private @Nullable RpmArchive archive;

  protected RpmKillCases(RpmFamily family) {
    this.family = family;
  }

  @Override
  protected final Optional<String> obstacle() {
    return Lab.rpmObstacle();
  }

  @Override
  protected final void fill(Lab opened) {
    opened.obstacle(family.root()).ifPresent(Assumptions::abort);
    archive = opened.rpmArchive(family);
    RpmKillHost.fill(archive, family);
  }

  @Override
  protected final KillHost boot(Lab opened, String name) {
    return new RpmKillHost(opened, Objects.requireNonNull(archive), family, name);
  }
}
