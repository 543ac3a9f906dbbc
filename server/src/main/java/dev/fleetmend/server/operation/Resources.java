package dev.fleetmend.server.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests and answers are about, by ARN. */
public final class Resources {
  private static final int MOST = 100;
  private static final int LONGEST = 512;

  private final String prefix;

  /** Resources of one region and account. */
  public Resources(String region, String account) {
    this.prefix = "arn:aws:ssm:" + region + ":" + account + ":";
  }

  /** What a request is about; targets by tag as {@code tag:key=value}. At most 100. */
  public List<String> of(Access access, Object request) {
    return named(access, request, false);
  }

  /** What was made, as the answer says. */
  public List<String> made(Access access, Object answer) {
    return named(access, answer, true);
  }

  /** What a refusal names: the one resource asked for, else all of the service's. */
  public String asked(Access access, @Nullable Object request) {
    List<String> named = request == null ? List.of() : of(access, request);
    return named.isEmpty() || !named.getFirst().startsWith("arn:") ? all() : named.getFirst();
  }

  /** All of them. */
  public String all() {
    return prefix + "*";
  }

  /** A managed node. */
  public String node(String instanceId) {
    return prefix + "managed-instance/" + instanceId;
  }

  /** An access key of a person or a tool. */
  public String accessKey(String id) {
    return prefix + "access-key/" + id;
  }

  private List<String> named(Access access, Object structure, boolean answer) {
    return access.resources().stream()
        .filter(member -> member.ofAnswer() == answer)
        .flatMap(member -> member.names(structure).stream())
        .map(name -> name.startsWith("arn:") || name.contains("=") ? name : prefix + name)
        .map(name -> name.length() > LONGEST ? name.substring(0, LONGEST) : name)
        .distinct()
        .limit(MOST)
        .toList();
  }
}
