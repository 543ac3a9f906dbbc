package dev.fleetmend.server;

import dev.fleetmend.server.access.AccessKeys;
import dev.fleetmend.server.access.ChannelTokens;
import dev.fleetmend.server.access.MasterKey;
import dev.fleetmend.server.access.NodeCredentials;
import dev.fleetmend.server.audit.AuditTrail;
import dev.fleetmend.server.http.Routes;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.quota.Quotas;
import dev.fleetmend.server.store.Idempotency;
import dev.fleetmend.server.store.Ids;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tls.ServerTls;
import dev.fleetmend.server.work.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What every capability is made from.
 *
 * @param tls where the server speaks TLS, else null
 */
public record Core(
    ServerConfig config,
    Clock clock,
    Store store,
    Work work,
    Operations operations,
    Ids ids,
    Idempotency idempotency,
    Quotas quotas,
    AccessKeys accessKeys,
    NodeCredentials nodeCredentials,
    ChannelTokens channelTokens,
    AuditTrail audit,
    Routes routes,
    @Nullable ServerTls tls) {

  static Core open(ServerConfig config, Clock clock) {
    Quotas quotas = Quotas.of(config.data());
    MasterKey masterKey = MasterKey.of(config.data());
    Store store = Store.open(config.jdbcUrl());
    return new Core(
        config,
        clock,
        store,
        new Work(store, clock),
        new Operations(AccessTable.load()),
        new Ids(),
        new Idempotency(clock),
        quotas,
        new AccessKeys(store, masterKey, clock),
        new NodeCredentials(masterKey, clock),
        new ChannelTokens(masterKey, clock),
        new AuditTrail(store, clock),
        new Routes(),
        tls(config, clock));
  }

  private static @Nullable ServerTls tls(ServerConfig config, Clock clock) {
    if (!config.tls()) {
      return null;
    }
    try {
      return ServerTls.open(
          config.data(), () -> ListeningNames.of(config.bind(), config.tlsNames()), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ARN of a resource of this server, such as {@code patchbaseline/pb-...}. */
  public String arn(String resource) {
    return "arn:aws:ssm:" + config.region() + ":" + config.account() + ":" + resource;
  }

  void close() {
    work.close();
    store.close();
  }
}
