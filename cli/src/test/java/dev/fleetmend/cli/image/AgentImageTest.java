package dev.fleetmend.cli.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fleetmend.node.FleetmendAgent;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.protocol.json.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class AgentImageTest {
  @TempDir Path folder;

  @Test
  void theAgentStartsFromItsImageAlone() throws Exception {
    AgentImage image = new AgentImage(folder.resolve("image"));
    image.make(
        List.of(
            FleetmendAgent.class,
            HostFacts.class,
            RecordJson.class,
            JsonFactory.class,
            Nullable.class));
    ProcessBuilder builder =
        new ProcessBuilder(image.launcher().toString(), "run", "--config", folder + "/none.json");
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");

    Process agent = builder.redirectErrorStream(true).start();
    String said = new String(agent.getInputStream().readAllBytes(), UTF_8);

    assertThat(agent.waitFor()).isEqualTo(1);
    assertThat(said).startsWith("fleetmend-agent: ").contains("enrol this host first");
    assertThat(Files.exists(folder.resolve("image/app/agent.aot"))).isTrue();
  }
}
