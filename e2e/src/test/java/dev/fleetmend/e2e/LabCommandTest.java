package dev.fleetmend.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.AwsProfile;
import dev.fleetmend.cli.client.DataFolder;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.lab.Lab;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.access.AccessKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@Tag("slow")
class LabCommandTest {
  @TempDir Path folder;

  @Test
  void hostsAreEnrolledAndStayUntilTheLabGoesDown() throws Exception {
    Lab.rpmObstacle().ifPresent(Assumptions::abort);
    Path data = folder.resolve("data");
    try (FleetmendServer server =
        FleetmendServer.start(ServerConfig.local(data, 0), Clock.systemUTC())) {
      AccessKey key = server.accessKeys().createAdministrator();
      AwsProfile profile =
          new AwsProfile(
              URI.create("http://127.0.0.1:" + server.port()),
              ServerConfig.DEFAULT_REGION,
              key.id(),
              key.secret(),
              null);
      Files.writeString(DataFolder.of(data).awsConfig(), profile.text());
      try {
        assertThat(lab(0, "up", "--hosts", "1", "--patch-group", "group 1")).startsWith("debian1 ");
        assertThat(lab(0, "list")).containsPattern("debian1 +up +10\\.99\\.0\\.3 +mi-[0-9a-f]{17}");
        assertThat(lab(0, "exec", "debian1", "--", "hostname")).isEqualTo("debian1");
        lab(3, "exec", "debian1", "--", "sh", "-c", "exit 3");
        lab(0, "cut", "debian1");
        assertThat(lab(0, "list")).containsPattern("debian1 +cut");
        lab(0, "join", "debian1");
        assertThat(lab(0, "up", "--family", "dnf")).containsPattern("dnf1 +up .*mi-");
        assertThat(lab(0, "exec", "dnf1", "--", "dnf", "-q", "updateinfo", "list"))
            .contains("lab-good-1.1");
        assertThat(lab(0, "up", "--family", "zypper")).containsPattern("zypper1 +up .*mi-");
        assertThat(lab(0, "exec", "zypper1", "--", "rpm", "-q", "lab-good"))
            .startsWith("lab-good-1.0");
        lab(0, "reboot", "debian1");
        assertThat(lab(0, "list")).containsPattern("debian1 +up");
        assertThat(lab(2, "reboot", "lab7")).contains("no host lab7; it has debian1");
        forget(lab(0, "list").lines().findFirst().orElseThrow());
      } finally {
        lab(0, "down");
      }
      assertThat(lab(0, "list")).isEmpty();
      assertThat(Nodes.all(DataFolder.of(data).api())).as("nodes of a lab that is gone").isEmpty();
    }
  }

  /** A node that is gone already must not keep the others of the lab known. */
  private void forget(String listed) {
    String node = listed.substring(listed.indexOf("mi-")).strip();
    DataFolder.of(folder.resolve("data"))
        .api()
        .ssm("DeregisterManagedInstance", Api.request().put("InstanceId", node));
  }

  private String lab(int exitCode, String... arguments) {
    Path data = folder.resolve("data");
    List<String> words = new ArrayList<>(List.of("lab", arguments[0], "--data", data.toString()));
    words.addAll(List.of(arguments).subList(1, arguments.length));
    return new FleetmendCommand(data).run(exitCode, words.toArray(String[]::new));
  }
}
