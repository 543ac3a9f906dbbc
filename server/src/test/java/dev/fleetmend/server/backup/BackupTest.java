package dev.fleetmend.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetmend.protocol.sign.Credentials;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.FleetmendServer;
import dev.fleetmend.server.HttpNode;
import dev.fleetmend.server.HttpServers;
import dev.fleetmend.server.ServerConfig;
import dev.fleetmend.server.http.TestClient;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.store.Engine;
import dev.fleetmend.server.store.Store;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final String MDS = "EC2WindowsMessageDeliveryService.";
  private final ObjectMapper json = new ObjectMapper();
  @TempDir private Path folder;

  private static FleetmendServer start(Path data, @Nullable String database, boolean tls)
      throws Exception {
    return FleetmendServer.start(
        new ServerConfig(
            data,
            database,
            ServerConfig.DEFAULT_REGION,
            ServerConfig.DEFAULT_ACCOUNT,
            "127.0.0.1",
            0,
            tls),
        Clock.systemUTC());
  }

  /** A client that trusts one authority and no other, as agents do. */
  private static TestClient client(FleetmendServer server, String authority) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return new TestClient(
        URI.create("https://127.0.0.1:" + server.port() + "/"),
        ServerConfig.DEFAULT_REGION,
        Clock.systemUTC(),
        HttpClient.newBuilder().sslContext(tls));
  }

  private JsonNode ok(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }

  @Test
  void nodesGoOnWithARestoredServerAlthoughItWasWrittenToWhileItWasSaved() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("saved.zip");
    String authority;
    Credentials admin;
    HttpNode node;
    String command;
    int before;
    try (FleetmendServer server = start(data, null, true)) {
      authority = server.certificate().orElseThrow().authorityPem();
      admin = HttpServers.credentials(server.createKey(Role.ADMIN, "test"));
      try (TestClient client = client(server, authority)) {
        node = HttpNode.enrol(client, admin);
        command =
            ok(client.call(
                    "AmazonSSM.SendCommand",
                    "{\"DocumentName\":\"AWS-RunShellScript\",\"InstanceIds\":[\"%s\"],\"Parameters\":{\"commands\":[\"uptime\"]}}"
                        .formatted(node.id()),
                    admin))
                .at("/Command/CommandId")
                .asText();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger after = new AtomicInteger();
        CompletableFuture<Void> writing =
            CompletableFuture.runAsync(() -> write(client, admin, enough, after));
        while (after.get() == 0) {
          Thread.onSpinWait();
        }
        before = after.get();
        Backup.Written written = new Backup(Clock.systemUTC()).write(data, file);
        enough.set(true);
        writing.join();
        assertThat(written.engine()).isEqualTo(Engine.SQLITE);
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(data, file);
    }

    Path elsewhere = folder.resolve("elsewhere");
    assertThat(new Restore(Clock.systemUTC()).read(file, elsewhere).engine())
        .isEqualTo(Engine.SQLITE);
    try (Stream<Path> files = Files.walk(elsewhere)) {
      assertThat(files)
          .allSatisfy(
              one ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                      .endsWith("------"));
    }
    try (FleetmendServer server = start(elsewhere, null, true);
        TestClient client = client(server, authority)) {
      node.beat(client);
      node.renewed(client).beat(client);
      JsonNode messages =
          ok(
              client.call(
                  MDS + "GetMessages",
                  "{\"Destination\":\"%s\",\"MessagesRequestId\":\"r\",\"VisibilityTimeoutInSeconds\":10}"
                      .formatted(node.id()),
                  node.credentials()));
      assertThat(messages.at("/Messages/0/MessageId").asText())
          .isEqualTo("aws.ssm." + command + "." + node.id());
      int windows =
          ok(client.call("AmazonSSM.DescribeMaintenanceWindows", "{\"MaxResults\":100}", admin))
              .path("WindowIdentities")
              .size();
      assertThat(windows).isGreaterThanOrEqualTo(Math.min(before, 50));
    }
  }

  private void write(
      TestClient client, Credentials admin, AtomicBoolean enough, AtomicInteger made) {
    try {
      while (!enough.get()) {
        HttpResponse<String> response =
            client.call(
                "AmazonSSM.CreateMaintenanceWindow",
                "{\"Name\":\"web\",\"Schedule\":\"rate(1 day)\",\"Duration\":2,\"Cutoff\":1,\"AllowUnassociatedTargets\":true}",
                admin);
        if (response.statusCode() != 200) {
          return;
        }
        made.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFolderThatHoldsAnythingIsLeftAsItIs() throws Exception {
    Path file = saved();
    Path data = folder.resolve("data");
    assertThatThrownBy(() -> new Restore(Clock.systemUTC()).read(file, data))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is not empty");
    assertThatThrownBy(() -> new Backup(Clock.systemUTC()).write(data, file))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is there already");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> new Backup(Clock.systemUTC()).write(none, folder.resolve("x.zip")))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("no server has kept its data in " + none);
    assertThat(folder.resolve("x.zip")).doesNotExist();

    Path empty = Files.createDirectory(folder.resolve("empty"));
    new Restore(Clock.systemUTC()).read(file, empty);
    assertThat(empty.resolve("fleetmend.db")).exists();
  }

  @Test
  void aDamagedFileIsRefusedAndNothingIsThere() throws Exception {
    Path file = saved();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      byte[] damaged;
      if (round % 3 == 0) {
        damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
      } else {
        damaged = whole.clone();
        int at = random.nextInt(whole.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      refusedOrWhole(Files.write(folder.resolve("damaged.zip"), damaged), whole);
    }
  }

  /** A bit that nobody reads, such as of a time in the archive, may be another. */
  private void refusedOrWhole(Path damaged, byte[] whole) throws Exception {
    Path data = folder.resolve("restored");
    try {
      new Restore(Clock.systemUTC()).read(damaged, data);
    } catch (BackupException e) {
      assertThat(data).doesNotExist();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).noneMatch(one -> one.getFileName().toString().startsWith("."));
      }
      return;
    }
    Path good = Files.write(folder.resolve("good.zip"), whole);
    Path reference = folder.resolve("reference");
    new Restore(Clock.systemUTC()).read(good, reference);
    try (Stream<Path> files = Files.walk(reference)) {
      for (Path one : files.filter(Files::isRegularFile).toList()) {
        Path other = data.resolve(reference.relativize(one));
        if (one.getFileName().toString().equals(DataFiles.DATABASE)) {
          assertThat(rows(other)).isEqualTo(rows(one));
        } else {
          assertThat(other).hasSameBinaryContentAs(one);
        }
      }
    }
    Folders.delete(reference);
    Folders.delete(data);
  }

  /** All that a database holds but the audit, where each restoration has a record of its own. */
  private static Map<String, List<String>> rows(Path database) {
    try (Store store = Store.openUnchanged(database)) {
      return store.read(
          db -> {
            Map<String, List<String>> tables = new TreeMap<>();
            for (String table :
                db.createQuery("SELECT name FROM sqlite_master WHERE type = 'table'")
                    .mapTo(String.class)
                    .filter(name -> !name.startsWith("audit"))
                    .list()) {
              tables.put(
                  table,
                  db.createQuery("SELECT * FROM " + table).map((row, at) -> text(row)).list());
            }
            return tables;
          });
    }
  }

  private static String text(ResultSet row) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      text.append(row.getString(column)).append('|');
    }
    return text.toString();
  }

  @Test
  void anArchiveOfSomebodyElseWritesNothingAnywhere() throws Exception {
    for (String name : new String[] {"../escaped", "/tmp/escaped", "a/../../escaped", "x"}) {
      Path file = folder.resolve("hostile.zip");
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(
            new Manifest(
                    Clock.systemUTC().instant(), Engine.POSTGRESQL, Map.of(name, "0".repeat(64)))
                .text()
                .getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
      assertThatThrownBy(
              () -> new Restore(Clock.systemUTC()).read(file, folder.resolve("restored")))
          .isInstanceOf(BackupException.class);
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).containsExactly(file);
      }
    }
  }

  @Test
  void aFolderOfPostgresqlIsSavedWithoutTheDatabase() throws Exception {
    Path data = folder.resolve("data");
    String database = Databases.POSTGRESQL.fresh(folder);
    Path file = folder.resolve("saved.zip");
    Credentials admin;
    HttpNode node;
    try (HttpServers server = HttpServers.start(data, database)) {
      admin = server.admin();
      node = HttpNode.enrol(server.client(), admin);
      assertThat(new Backup(Clock.systemUTC()).write(data, file).engine())
          .isEqualTo(Engine.POSTGRESQL);
    }

    Path elsewhere = folder.resolve("elsewhere");
    assertThat(new Restore(Clock.systemUTC()).read(file, elsewhere).engine())
        .isEqualTo(Engine.POSTGRESQL);
    try (HttpServers server = HttpServers.start(elsewhere, database)) {
      node.beat(server.client());
      assertThat(server.code("AmazonSSM.DescribePatchBaselines", "{}", admin)).isEmpty();
    }
  }

  @Test
  void whatBelongsToTheMachineIsNotInIt() throws Exception {
    Path data = folder.resolve("data");
    start(data, null, false).close();
    for (String of : List.of("lab/host/etc", "local-node/vault", "agent/images", "sync/prefix")) {
      Files.writeString(Files.createDirectories(data.resolve(of)).resolve("file"), of);
    }
    Files.writeString(data.resolve("data-sync.properties"), "folder=/srv/sync");
    Path file = folder.resolve("saved.zip");
    new Backup(Clock.systemUTC()).write(data, file);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactlyInAnyOrder(
              "fleetmend.db",
              "master.key",
              "database.engine",
              "data-sync.properties",
              "sync/prefix/file",
              Manifest.NAME);
    }
  }

  private Path saved() throws Exception {
    Path data = folder.resolve("data");
    start(data, null, false).close();
    Path file = folder.resolve("saved.zip");
    new Backup(Clock.systemUTC()).write(data, file);
    return file;
  }
}
