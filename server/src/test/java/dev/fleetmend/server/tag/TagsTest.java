package dev.fleetmend.server.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

class TagsTest {
  @TempDir Path folder;

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void add(TestServer server, String id, List<Tag> tags) {
    server.call(
        AddTagsToResourceRequest.builder()
            .resourceType("PatchBaseline")
            .resourceId(id)
            .tags(tags)
            .build(),
        AddTagsToResourceResponse.class);
  }

  private static List<Tag> tagsOf(TestServer server, String id) {
    return server
        .call(
            ListTagsForResourceRequest.builder()
                .resourceType("PatchBaseline")
                .resourceId(id)
                .build(),
            ListTagsForResourceResponse.class)
        .tagList();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void tagsAreAddedChangedAndRemoved(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String id =
          server
              .call(
                  CreatePatchBaselineRequest.builder().name("web").tags(tag("a", "1")).build(),
                  CreatePatchBaselineResponse.class)
              .baselineId();

      add(server, id, List.of(tag("a", "2"), tag("b", "3")));
      assertThat(tagsOf(server, id)).containsExactly(tag("a", "2"), tag("b", "3"));

      server.call(
          RemoveTagsFromResourceRequest.builder()
              .resourceType("PatchBaseline")
              .resourceId(id)
              .tagKeys("a", "not there")
              .build(),
          RemoveTagsFromResourceResponse.class);
      assertThat(tagsOf(server, id)).containsExactly(tag("b", "3"));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void moreThanFiftyTagsAndUnknownResourcesAreRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String id =
          server
              .call(
                  CreatePatchBaselineRequest.builder().name("web").build(),
                  CreatePatchBaselineResponse.class)
              .baselineId();
      List<Tag> tooMany = IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList();

      assertThatThrownBy(() -> add(server, id, tooMany)).hasMessageStartingWith("TooManyTagsError");
      assertThat(tagsOf(server, id)).isEmpty();
      assertThatThrownBy(() -> add(server, "pb-00000000000000000", List.of(tag("a", "b"))))
          .hasMessageStartingWith("InvalidResourceId");
    }
  }
}
