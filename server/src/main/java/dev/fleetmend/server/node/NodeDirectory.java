package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Target;

/**
 * The managed nodes, for other capabilities. Inside a transaction use the methods that take its
 * handle.
 */
public interface NodeDirectory {
  /** The resource type that nodes' tags are kept under. */
  String RESOURCE_TYPE = "ManagedInstance";

  boolean exists(String instanceId);

  Optional<ManagedNode> find(String instanceId);

  Optional<ManagedNode> find(Handle db, String instanceId);

  /** Those of some ids that are nodes, by id. */
  Map<String, ManagedNode> findAll(Handle db, Collection<String> instanceIds);

  /** A node's tags by key. */
  Map<String, String> tags(Handle db, String instanceId);

  /**
   * Some nodes, ascending by id.
   *
   * @param after an id, to go on from there; null for the beginning
   */
  List<ManagedNode> list(Handle db, @Nullable String after, int most);

  /** The ids of the nodes that targets mean now, ascending; see the other {@code resolve}. */
  List<String> resolve(List<Target> targets);

  /**
   * The ids of the nodes that targets mean now, ascending: AND across targets, OR within the values
   * of one. Keys are {@code InstanceIds} (in any case; ids that are no node's are passed over),
   * {@code tag:<key>} and {@code tag-key}.
   *
   * @throws ApiException InvalidTarget for any other key
   */
  List<String> resolve(Handle db, List<Target> targets);
}
