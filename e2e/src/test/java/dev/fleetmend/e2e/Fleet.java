package dev.fleetmend.e2e;

import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.lab.BaseRoot;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.lab.ManagedHost;
import dev.fleetmend.node.image.AgentImage;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A real server on loopback, a lab, and hosts with the real agent, as a user would have them. */
final class Fleet implements AutoCloseable {
  private final FleetmendServer server;
  private final Lab lab;
  private final AgentImage image;
  private final AwsCli aws;
  private final Commands commands;
  private final FleetmendCommand fleetmend;

  private Fleet(FleetmendServer server, Lab lab, AgentImage image, DataFolder data) {
    this.server = server;
    this.lab = lab;
    this.image = image;
    this.aws = new AwsCli(data.awsConfig());
    this.commands = new Commands(data.api());
    this.fleetmend = new FleetmendCommand(data.path());
  }

  static Fleet start(Path folder) throws IOException, InterruptedException {
    DataFolder data = DataFolder.of(folder.resolve("data"));
    FleetmendServer server =
        FleetmendServer.start(ServerConfig.local(data.path(), 0), Clock.systemUTC());
    AccessKey key = server.accessKeys().createAdministrator();
    AwsProfile profile =
        new AwsProfile(
            URI.create("http://127.0.0.1:" + server.port()),
            ServerConfig.DEFAULT_REGION,
            key.id(),
            key.secret(),
            null);
    Files.writeString(data.awsConfig(), profile.text());
    Lab lab = Lab.temporary();
    lab.forward(server.port(), server.port());
    return new Fleet(server, lab, AgentImage.in(AgentImage.usualCache(), Clock.systemUTC()), data);
  }

  Lab lab() {
    return lab;
  }

  AwsCli aws() {
    return aws;
  }

  Commands commands() {
    return commands;
  }

  FleetmendCommand fleetmend() {
    return fleetmend;
  }

  /** Boots a host and enrols it. */
  ManagedHost host(String name, BaseRoot base, String patchGroup) {
    ManagedHost host = boot(name, base);
    enrol(host, patchGroup);
    return host;
  }

  /** Boots a host that is yet to be enrolled. */
  ManagedHost boot(String name, BaseRoot base) {
    return ManagedHost.boot(lab, name, base, image);
  }

  /** Enrols a host that was booted before, as a member of a patch group. */
  String enrol(ManagedHost host, String patchGroup) {
    String[] activation =
        aws.ssm(
                "create-activation",
                "--iam-role",
                "service-role/lab",
                "--tags",
                "Key=Patch Group,Value=" + patchGroup,
                "--query",
                "[ActivationId,ActivationCode]")
            .split("\\s+", -1);
    return host.enrol(
        "http://" + Lab.GATEWAY + ":" + server.port(), activation[0], activation[1], null);
  }

  @Override
  public void close() {
    lab.close();
    server.close();
  }
}
