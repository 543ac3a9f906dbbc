package dev.fleetmend.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.tag.TagDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.Target;

class TargetsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void targetsMeanNodesByIdAndByTag(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String web = TestHost.enrol(server, "web", Map.of("Patch Group", "web", "Env", "prod")).id();
      String db = TestHost.enrol(server, "db", Map.of("Patch Group", "db", "Env", "prod")).id();
      String bare = TestHost.enrol(server, "bare").id();

      assertThat(resolve(server, target("tag:Patch Group", "web"))).containsExactly(web);
      assertThat(resolve(server, target("tag:Patch Group", "web", "db")))
          .containsExactlyElementsOf(Stream.of(web, db).sorted().toList());
      assertThat(resolve(server, target("tag:Env", "prod"), target("tag:Patch Group", "db")))
          .containsExactly(db);
      assertThat(resolve(server, target("tag-key", "Env", "Owner"))).hasSize(2);
      assertThat(resolve(server, target("instanceids", bare, web, "mi-00000000000000000")))
          .containsExactlyElementsOf(Stream.of(web, bare).sorted().toList());
      assertThat(resolve(server, target("tag:env", "prod"))).isEmpty();
      assertThat(resolve(server)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsNoneIsRefusedByName(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertThatThrownBy(() -> resolve(server, target("resource-groups:Name", "g")))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("InvalidTarget")
          .hasMessageContaining("resource-groups:Name");
    }
  }

  private static List<String> resolve(TestServer server, Target... targets) {
    Targets resolver =
        new Targets(new NodeRows(server.clock()), new TagDirectory(server.core().store(), 50));
    return server.core().store().read(db -> resolver.resolve(db, List.of(targets)));
  }

  private static Target target(String key, String... values) {
    return Target.builder().key(key).values(values).build();
  }
}
