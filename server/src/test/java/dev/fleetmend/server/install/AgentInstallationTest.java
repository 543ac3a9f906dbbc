package dev.fleetmend.server.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The addresses by which the agent gets to a host, with the real curl. */
class AgentInstallationTest {
  private static final int PIN_DOES_NOT_MATCH = 90;
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir Path folder;

  private record Ran(int exit, String said) {}

  @BeforeAll
  static void check() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
  }

  @Test
  void anImageIsMissedByOneLineAndThenGivenAwayWithItsHash() throws Exception {
    try (FleetmendServer server = start(false)) {
      String agent = "http://127.0.0.1:" + server.port() + "/agent/";
      for (String path : List.of("linux-x64/fleetmend-agent.tar.gz", "install.sh")) {
        Ran missed = curl("-w", "%{http_code}", agent + path);
        assertThat(missed.said()).startsWith("There is no agent image for").endsWith("404");
        assertThat(missed.said().lines()).hasSize(2);
      }

      Path archive = Files.writeString(folder.resolve("made"), "an archive");
      AgentImages.of(folder.resolve("data")).publish("linux-x64", archive, HASH);

      assertThat(curl(agent + "linux-x64/fleetmend-agent.tar.gz").said()).isEqualTo("an archive");
      assertThat(curl(agent + "linux-x64/fleetmend-agent.tar.gz.sha256").said())
          .isEqualTo(HASH + "  fleetmend-agent.tar.gz\n");
      assertThat(curl("-I", agent + "linux-x64/fleetmend-agent.tar.gz").said())
          .contains("HTTP/1.1 200", "Content-Length: 10", "application/gzip");
      for (String path :
          List.of(
              "linux-arm64/fleetmend-agent.tar.gz",
              "x/fleetmend-agent.tar.gz",
              "linux-x64/../../master.key",
              "linux-x64/" + HASH + ".tar.gz",
              "linux-x64/current")) {
        assertThat(curl("--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", agent + path))
            .as(path)
            .satisfies(ran -> assertThat(ran.said()).startsWith("40"));
      }
      assertThat(curl("-X", "DELETE", "-w", "%{http_code}", agent + "install.sh").said())
          .endsWith("405");
    }
  }

  @Test
  void anImageTakesTheEarlierOnesPlaceWhichCanStillBeReadAndThoseBeforeGo() throws Exception {
    AgentImages images = AgentImages.of(folder.resolve("data"));
    List<Path> places = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      Path archive = Files.writeString(folder.resolve("made" + number), "archive " + number);
      images.publish("linux-x64", archive, Integer.toString(number).repeat(64));
      AgentImages.Image image = images.find("linux-x64").orElseThrow();
      assertThat(Files.readString(image.archive())).isEqualTo("archive " + number);
      Files.setLastModifiedTime(
          image.archive(), java.nio.file.attribute.FileTime.fromMillis(number * 1_000L));
      places.add(image.archive());
    }
    assertThat(places.get(0)).doesNotExist();
    assertThat(places.get(1)).exists();
  }

  @Test
  void theScriptComesByThePinOfTheServersKeyAloneAndCarriesAuthorityAndHash() throws Exception {
    try (FleetmendServer server = start(true)) {
      Path archive = Files.writeString(folder.resolve("made"), "an archive");
      AgentImages.of(folder.resolve("data")).publish("linux-x64", archive, HASH);
      String address = "https://127.0.0.1:" + server.port() + "/agent/install.sh";
      String pin = server.certificate().orElseThrow().keyPin();

      Ran script = curl("-fk", "--pinnedpubkey", pin, address);
      assertThat(script.exit()).isZero();
      assertThat(script.said())
          .contains(server.certificate().orElseThrow().authorityPem())
          .contains("linux-x64) echo " + HASH)
          .contains("region='us-east-1'")
          .doesNotContainPattern("@[A-Z]+@");
      Path file = Files.writeString(folder.resolve("install.sh"), script.said());
      assertThat(run("sh", "-n", file.toString())).isEqualTo(new Ran(0, ""));

      String wrong = "sha256//" + "A".repeat(43) + "=";
      assertThat(curl("-fk", "--pinnedpubkey", wrong, address))
          .isEqualTo(new Ran(PIN_DOES_NOT_MATCH, ""));

      Path authority =
          Files.writeString(
              folder.resolve("ca.pem"), server.certificate().orElseThrow().authorityPem());
      String archiveAddress = address.replace("install.sh", "linux-x64/fleetmend-agent.tar.gz");
      assertThat(curl("-f", "--cacert", authority.toString(), archiveAddress).said())
          .isEqualTo("an archive");
      assertThat(curl("-f", archiveAddress).exit()).as("without the authority").isEqualTo(60);
    }
  }

  private FleetmendServer start(boolean tls) throws IOException {
    ServerConfig plain = ServerConfig.local(folder.resolve("data"), 0);
    return FleetmendServer.start(
        new ServerConfig(plain.data(), null, plain.region(), plain.account(), plain.bind(), 0, tls),
        Clock.systemUTC());
  }

  private Ran curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-s"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static Ran run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ran(process.waitFor(), said);
  }
}
