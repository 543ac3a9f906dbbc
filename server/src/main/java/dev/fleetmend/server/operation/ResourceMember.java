package dev.fleetmend.server.operation;

import java.util.List;
import java.util.Map;

/**
 * How the access table says what an operation is about: a resource type and the member that names
 * such resources, as in {@code patchbaseline/BaselineId}. A member of the answer stands after
 * {@code answer.}; a type in braces is itself the value of a member, as in {@code
 * {ResourceType}/ResourceId}.
 */
public record ResourceMember(String type, String member) {
  private static final String ANSWER = "answer.";

  /** Types of tagged resources, as ARNs spell them. */
  private static final Map<String, String> TYPES =
      Map.of(
          "Document", "document",
          "MaintenanceWindow", "maintenancewindow",
          "ManagedInstance", "managed-instance",
          "PatchBaseline", "patchbaseline");

  static ResourceMember parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 1) {
      throw new IllegalArgumentException(text + " is no type/Member");
    }
    return new ResourceMember(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether the answer names the resource, as when it was created. */
  public boolean ofAnswer() {
    return member.startsWith(ANSWER);
  }

  /** Such as {@code patchbaseline/pb-0123456789abcdef0}, for each that a structure names. */
  List<String> names(Object structure) {
    String type = type(structure);
    return Members.texts(structure, ofAnswer() ? member.substring(ANSWER.length()) : member)
        .stream()
        .filter(name -> !name.isEmpty())
        .map(name -> name.startsWith("arn:") || name.contains("=") ? name : type + name)
        .toList();
  }

  private String type(Object structure) {
    if (!type.startsWith("{")) {
      return type + "/";
    }
    List<String> said = Members.texts(structure, type.substring(1, type.length() - 1));
    return said.isEmpty() ? "" : TYPES.getOrDefault(said.getFirst(), said.getFirst()) + "/";
  }
}
