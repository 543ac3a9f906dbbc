package dev.fleetmend.server.node;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.tag.TagDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One filter of DescribeInstanceInformation: a node passes when any of the values fits. */
record InstanceFilter(String key, List<String> values) {
  boolean byTag() {
    return key.startsWith("tag:") || key.equals("tag-key");
  }

  /**
   * Tells which nodes pass.
   *
   * @throws ApiException InvalidFilterKey when there is no such key
   */
  Predicate<ManagedNode> predicate(Handle db, TagDirectory tags) {
    if (key.equals("tag-key")) {
      return among(tags.withKey(db, NodeDirectory.RESOURCE_TYPE, values));
    }
    if (key.startsWith("tag:")) {
      return among(
          tags.withTag(db, NodeDirectory.RESOURCE_TYPE, key.substring("tag:".length()), values));
    }
    return switch (key.toLowerCase(Locale.ROOT)) {
      case "instanceids" -> node -> has(node.id());
      case "agentversion" -> node -> has(node.agentVersion());
      case "pingstatus" -> node -> has(node.pingStatus().toString());
      case "platformtype", "platformtypes" -> node -> has(node.platformType());
      case "activationids" -> node -> has(node.activationId());
      case "iamrole" -> node -> has(node.iamRole());
      case "resourcetype" -> node -> has(NodeDirectory.RESOURCE_TYPE);
      case "sourcetypes" -> node -> has(InstanceInformations.SOURCE_TYPE);
      case "sourceids" -> node -> has(node.id());
      case "associationstatus" -> node -> false;
      default ->
          throw new ApiException("InvalidFilterKey", "The filter key " + key + " is not valid.");
    };
  }

  private boolean has(@Nullable String value) {
    return value != null && values.contains(value);
  }

  private static Predicate<ManagedNode> among(List<String> ids) {
    Set<String> set = new HashSet<>(ids);
    return node -> set.contains(node.id());
  }
}
