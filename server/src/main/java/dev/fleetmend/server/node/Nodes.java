package dev.fleetmend.server.node;

import dev.fleetmend.server.store.Ids;
import dev.fleetmend.server.store.Store;
import dev.fleetmend.server.tag.TagDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.model.Target;

/** The managed nodes as they are kept. */
public final class Nodes implements NodeDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final int READ_AT_ONCE = 500;

  private final Store store;
  private final Ids ids;
  private final TagDirectory tags;
  private final NodeRows rows;
  private final Targets targets;
  private final List<BiConsumer<Handle, String>> whenGone = new ArrayList<>();

  public Nodes(Store store, Clock clock, Ids ids, TagDirectory tags) {
    this.store = store;
    this.ids = ids;
    this.tags = tags;
    this.rows = new NodeRows(clock);
    this.targets = new Targets(rows, tags);
    tags.resources(RESOURCE_TYPE, this::exists);
  }

  /** Has somebody told, with the transaction, when a node is deregistered. */
  public void whenGone(BiConsumer<Handle, String> listener) {
    whenGone.add(listener);
  }

  /**
   * Makes a node and gives its id. A host that is known by its fingerprint gets a new id too, and
   * the node it was stays as it is: somebody who copied a fingerprint takes nothing over.
   */
  public String register(Handle tx, Registration node) {
    String id = ids.managedNode();
    List<String> same = rows.withFingerprint(tx, node.fingerprint());
    rows.insert(tx, node, id);
    tags.put(tx, RESOURCE_TYPE, id, node.tags());
    if (!same.isEmpty()) {
      LOG.warn(
          "{} has registered with the fingerprint of {}: the same host again, or a copy of it",
          id,
          String.join(", ", same));
    }
    return id;
  }

  /** Forgets a node; false where there is none. */
  boolean deregister(Handle tx, String instanceId) {
    if (!rows.delete(tx, instanceId)) {
      return false;
    }
    tags.forget(tx, RESOURCE_TYPE, instanceId);
    whenGone.forEach(listener -> listener.accept(tx, instanceId));
    return true;
  }

  /** The first nodes after an id that are wanted, ascending by id. */
  List<ManagedNode> find(
      Handle db, Predicate<ManagedNode> wanted, @Nullable String after, int most) {
    List<ManagedNode> found = new ArrayList<>();
    List<ManagedNode> some = list(db, after, READ_AT_ONCE);
    while (!some.isEmpty() && found.size() < most) {
      some.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
      some = list(db, some.getLast().id(), READ_AT_ONCE);
    }
    return found;
  }

  NodeRows rows() {
    return rows;
  }

  @Override
  public boolean exists(String instanceId) {
    return find(instanceId).isPresent();
  }

  @Override
  public Optional<ManagedNode> find(String instanceId) {
    return store.read(db -> rows.find(db, instanceId));
  }

  @Override
  public Optional<ManagedNode> find(Handle db, String instanceId) {
    return rows.find(db, instanceId);
  }

  @Override
  public Map<String, ManagedNode> findAll(Handle db, Collection<String> instanceIds) {
    return rows.findAll(db, instanceIds);
  }

  @Override
  public Map<String, String> tags(Handle db, String instanceId) {
    return tags.of(db, RESOURCE_TYPE, instanceId);
  }

  @Override
  public List<ManagedNode> list(Handle db, @Nullable String after, int most) {
    return rows.after(db, after == null ? "" : after, most);
  }

  @Override
  public List<String> resolve(List<Target> wanted) {
    return store.read(db -> targets.resolve(db, wanted));
  }

  @Override
  public List<String> resolve(Handle db, List<Target> wanted) {
    return targets.resolve(db, wanted);
  }
}
