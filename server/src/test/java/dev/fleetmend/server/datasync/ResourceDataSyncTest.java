package dev.fleetmend.server.datasync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.access.PrivateFiles;
import dev.fleetmend.server.node.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.DeleteResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.DeleteResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.InventoryItem;
import software.amazon.awssdk.services.ssm.model.ListNodesRequest;
import software.amazon.awssdk.services.ssm.model.ListNodesResponse;
import software.amazon.awssdk.services.ssm.model.ListResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.ListResourceDataSyncResponse;
import software.amazon.awssdk.services.ssm.model.PutInventoryRequest;
import software.amazon.awssdk.services.ssm.model.PutInventoryResponse;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncItem;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncS3Destination;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncSource;
import software.amazon.awssdk.services.ssm.model.UpdateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.UpdateResourceDataSyncResponse;

class ResourceDataSyncTest {
  private static final String PARTITIONS =
      "/accountid=000000000000/region=us-east-1/resourcetype=ManagedInstanceInventory/";
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatHasChangedIsPutIntoTheBucketInAwssLayout(Databases engine) throws IOException {
    try (TestServer server = TestServer.start(engine, folder);
        BucketStandIn bucket = new BucketStandIn(server.clock())) {
      settings("endpoint=" + bucket.endpoint());
      TestHost host = TestHost.online(server, "web", Map.of());
      application(host, "nginx", "1");
      create(server, "all", "reports", "fleet/live");
      assertThat(sync(server).lastStatusAsString()).isEqualTo("InProgress");
      server.runDue();

      ResourceDataSyncItem synced = sync(server);
      assertThat(synced.lastSyncStatusMessage()).isEqualTo("The sync was successfully completed");
      assertThat(synced.lastStatusAsString()).isEqualTo("Successful");
      assertThat(synced.lastSuccessfulSyncTime()).isEqualTo(TestServer.START);
      String key = "/reports/fleet/live/AWS:Application" + PARTITIONS + host.id() + ".json";
      assertThat(bucket.objects)
          .containsOnlyKeys(key, key.replace("AWS:Application", "AWS:InstanceInformation"));
      JsonNode line = new ObjectMapper().readTree(bucket.objects.get(key));
      assertThat(line.at("/Name").textValue()).isEqualTo("nginx");
      assertThat(line.at("/resourceId").textValue()).isEqualTo(host.id());
      assertThat(line.at("/schemaVersion").textValue()).isEqualTo("1.1");
      assertThat(line.at("/captureTime").textValue()).isEqualTo("2026-11-02T09:00:00Z");

      server.clock().advance(Duration.ofMinutes(30));
      host.beat();
      application(host, "nginx", "2");
      server.runDue();
      assertThat(bucket.puts).hasValue(3);
      assertThat(bucket.objects.get(key)).contains("\"Version\":\"2\"");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aRunThatFailsSaysWhyAndIsTriedAgain(Databases engine) throws IOException {
    try (TestServer server = TestServer.start(engine, folder);
        BucketStandIn bucket = new BucketStandIn(server.clock())) {
      settings("endpoint=" + bucket.endpoint());
      TestHost.online(server, "web", Map.of());
      bucket.refuse(true);
      create(server, "all", "reports", null);
      server.runDue();
      assertThat(sync(server).lastStatusAsString()).isEqualTo("Failed");
      assertThat(sync(server).lastSyncStatusMessage())
          .contains("HTTP 403 SlowDown")
          .doesNotContain(BucketStandIn.SECRET);
      assertThat(sync(server).lastSuccessfulSyncTime()).isNull();

      bucket.refuse(false);
      server.restart();
      server.clock().advance(Duration.ofMinutes(5));
      server.runDue();
      assertThat(sync(server).lastStatusAsString()).isEqualTo("Successful");
      assertThat(bucket.objects).hasSize(1);
    }
  }

  @Test
  void aFolderTakesASyncWithoutAnySettings() throws IOException {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      TestHost host = TestHost.online(server, "web", Map.of());
      create(server, "local", "file:reports", null);
      server.runDue();

      Path written =
          folder.resolve("sync/reports/AWS:InstanceInformation" + PARTITIONS + host.id() + ".json");
      assertThat(Files.readString(written)).contains("\"ComputerName\":\"web\"").endsWith("}\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
          .isEqualTo("rw-------");

      server.call(
          DeleteResourceDataSyncRequest.builder().syncName("local").build(),
          DeleteResourceDataSyncResponse.class);
      Files.delete(written);
      server.clock().advance(Duration.ofHours(1));
      server.runDue();
      assertThat(written).doesNotExist();
      assertThatThrownBy(
              () ->
                  server.call(
                      DeleteResourceDataSyncRequest.builder().syncName("local").build(),
                      DeleteResourceDataSyncResponse.class))
          .hasMessageStartingWith("ResourceDataSyncNotFoundException");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:../x",
        "file:/etc",
        "file:a/b",
        "file:",
        "127.0.0.1:80/x",
        "a@host",
        "Bucket",
        "a..b",
        "reports"
      })
  void aRequestNamesABucketAndNoOtherPlace(String bucket) {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      assertThatThrownBy(() -> create(server, "x", bucket, null))
          .hasMessageStartingWith("ResourceDataSyncInvalidConfigurationException");
      for (String prefix : new String[] {"../x", "/x", "a//b", "a/../b", "a b"}) {
        assertThatThrownBy(() -> create(server, "x", "file:ok", prefix))
            .hasMessageStartingWith("ResourceDataSyncInvalidConfigurationException");
      }
      assertThat(list(server)).isEmpty();
    }
  }

  @Test
  void aSecretThatOthersCanReadIsNotUsed() throws IOException {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      settings("endpoint=http://127.0.0.1:1");
      create(server, "all", "reports", null);
      Files.setPosixFilePermissions(
          folder.resolve("data-sync.properties"), PosixFilePermissions.fromString("rw-r--r--"));
      server.runDue();
      assertThat(sync(server).lastSyncStatusMessage()).contains("make its mode 0600");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void namesAreUniqueAndFive(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      for (int sync = 0; sync < 5; sync++) {
        create(server, "s" + sync, "file:reports", null);
      }
      assertThatThrownBy(() -> create(server, "s0", "file:reports", null))
          .hasMessageStartingWith("ResourceDataSyncAlreadyExistsException");
      assertThatThrownBy(() -> create(server, "s6", "file:reports", null))
          .hasMessageStartingWith("ResourceDataSyncCountExceededException");
      assertThat(list(server)).extracting(ResourceDataSyncItem::syncName).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aSyncFromThisServersRegionGathersItsNodes(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      TestHost.enrol(server, "web");
      server.call(
          CreateResourceDataSyncRequest.builder()
              .syncName("fleet")
              .syncType("SyncFromSource")
              .syncSource(source("us-east-1"))
              .build(),
          CreateResourceDataSyncResponse.class);
      UpdateResourceDataSyncRequest.Builder update =
          UpdateResourceDataSyncRequest.builder()
              .syncName("fleet")
              .syncType("SyncFromSource")
              .syncSource(source("us-east-1").toBuilder().includeFutureRegions(true).build());
      server.call(update.build(), UpdateResourceDataSyncResponse.class);

      assertThat(sync(server).syncSource().includeFutureRegions()).isTrue();
      assertThat(
              server
                  .call(
                      ListNodesRequest.builder().syncName("fleet").build(), ListNodesResponse.class)
                  .nodes())
          .hasSize(1);
      assertThatThrownBy(
              () ->
                  server.call(
                      update.syncSource(source("eu-west-1")).build(),
                      UpdateResourceDataSyncResponse.class))
          .hasMessageStartingWith("ResourceDataSyncInvalidConfigurationException");
      assertThatThrownBy(
              () ->
                  server.call(
                      update.syncName("other").syncSource(source("us-east-1")).build(),
                      UpdateResourceDataSyncResponse.class))
          .hasMessageStartingWith("ResourceDataSyncNotFoundException");
    }
  }

  private static ResourceDataSyncSource source(String region) {
    return ResourceDataSyncSource.builder()
        .sourceType("SingleAccountMultiRegions")
        .sourceRegions(region)
        .build();
  }

  private void settings(String line) throws IOException {
    PrivateFiles.write(
        folder.resolve("data-sync.properties"),
        (line
                + "\naccess-key-id="
                + BucketStandIn.KEY
                + "\nsecret-access-key="
                + BucketStandIn.SECRET
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void application(TestHost host, String name, String version) {
    InventoryItem item =
        InventoryItem.builder()
            .typeName("AWS:Application")
            .schemaVersion("1.1")
            .captureTime("2026-11-02T09:00:00Z")
            .content(List.of(Map.of("Name", name, "Version", version)))
            .build();
    host.server()
        .call(
            PutInventoryRequest.builder().instanceId(host.id()).items(item).build(),
            PutInventoryResponse.class);
  }

  private static void create(
      TestServer server, String name, String bucket, @Nullable String prefix) {
    server.call(
        CreateResourceDataSyncRequest.builder()
            .syncName(name)
            .s3Destination(
                ResourceDataSyncS3Destination.builder()
                    .bucketName(bucket)
                    .prefix(prefix)
                    .syncFormat("JsonSerDe")
                    .region("eu-central-1")
                    .build())
            .build(),
        CreateResourceDataSyncResponse.class);
  }

  private static List<ResourceDataSyncItem> list(TestServer server) {
    return server
        .call(ListResourceDataSyncRequest.builder().build(), ListResourceDataSyncResponse.class)
        .resourceDataSyncItems();
  }

  private static ResourceDataSyncItem sync(TestServer server) {
    return list(server).getFirst();
  }
}
