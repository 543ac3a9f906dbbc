package dev.fleetmend.cli.lab;

import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.lab.RpmFamily;
import dev.fleetmend.node.image.AgentImage;
import java.util.Locale;
import java.util.Optional;

/** What kind of host {@code lab up} boots, by its package manager. */
enum HostFamily {
  DEBIAN {
    @Override
    Optional<String> obstacle() {
      return Lab.obstacle();
    }

    @Override
    ManagedHost boot(Lab lab, String name, AgentImage image) {
      return ManagedHost.boot(lab, name, BaseRoot.DEBIAN_SERVER, image);
    }
  },
  DNF {
    @Override
    ManagedHost boot(Lab lab, String name, AgentImage image) {
      return released(lab, name, image, RpmFamily.DNF);
    }
  },
  DNF5 {
    @Override
    ManagedHost boot(Lab lab, String name, AgentImage image) {
      return released(lab, name, image, RpmFamily.DNF5);
    }

    @Override
    String prefix() {
      return "dnf5-";
    }
  },
  YUM {
    @Override
    ManagedHost boot(Lab lab, String name, AgentImage image) {
      return released(lab, name, image, RpmFamily.YUM);
    }
  },
  ZYPPER {
    @Override
    ManagedHost boot(Lab lab, String name, AgentImage image) {
      return released(lab, name, image, RpmFamily.ZYPPER);
    }
  };

  /** Why this machine cannot run such hosts, if so. */
  Optional<String> obstacle() {
    return Lab.rpmObstacle();
  }

  /** A new host with updates outstanding. */
  abstract ManagedHost boot(Lab lab, String name, AgentImage image);

  /** What the names of its hosts begin with. */
  String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static ManagedHost released(Lab lab, String name, AgentImage image, RpmFamily family) {
    ManagedHost host = ManagedHost.boot(lab, name, family.root(), image);
    lab.wellKnownRpmArchive(family).installReleased(host.host());
    return host;
  }
}
