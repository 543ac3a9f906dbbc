package dev.fleetmend.e2e.apt;

import dev.fleetmend.e2e.kill.KillCases;
import dev.fleetmend.e2e.kill.KillHost;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.SyntheticArchive;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class KillTest extends KillCases {
  private @Nullable SyntheticArchive archive;

  @Override
  protected Optional<String> obstacle() {
    return Lab.obstacle();
  }

  @Override
  protected void fill(Lab opened) {
    archive = opened.syntheticArchive();
    AptKillHost.fill(archive);
  }

  @Override
  protected KillHost boot(Lab opened, String name) {
    return new AptKillHost(opened, Objects.requireNonNull(archive), name);
  }
}
