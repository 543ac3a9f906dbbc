package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Target;

/** Which nodes targets mean: AND across targets, OR within the values of one. */
final class Targets {
  private static final String TAG = "tag:";
  private final NodeRows rows;
  private final TagDirectory tags;

  Targets(NodeRows rows, TagDirectory tags) {
    this.rows = rows;
    this.tags = tags;
  }

  List<String> resolve(Handle db, List<Target> targets) {
    @Nullable TreeSet<String> meant = null;
    for (Target target : targets) {
      Collection<String> ids = resolve(db, target);
      if (meant == null) {
        meant = new TreeSet<>(ids);
      } else {
        meant.retainAll(ids);
      }
    }
    return meant == null ? List.of() : List.copyOf(rows.findAll(db, meant).keySet());
  }

  private Collection<String> resolve(Handle db, Target target) {
    String key = target.key();
    if (key.equalsIgnoreCase("InstanceIds")) {
      return target.values();
    }
    if (key.startsWith(TAG)) {
      return tags.withTag(
          db, NodeDirectory.RESOURCE_TYPE, key.substring(TAG.length()), target.values());
    }
    if (key.equals("tag-key")) {
      return tags.withKey(db, NodeDirectory.RESOURCE_TYPE, target.values());
    }
    throw new ApiException(
        "InvalidTarget",
        "The target key " + key + " is not valid: use InstanceIds, tag:<key> or tag-key.");
  }
}
