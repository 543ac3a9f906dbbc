package dev.fleetmend.server.document;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentParameterType;

/** What kind of value a document's parameter takes. */
enum ParameterType {
  STRING("String", DocumentParameterType.STRING),
  STRING_LIST("StringList", DocumentParameterType.STRING_LIST),
  BOOLEAN("Boolean", DocumentParameterType.STRING),
  INTEGER("Integer", DocumentParameterType.STRING),
  MAP_LIST("MapList", DocumentParameterType.STRING_LIST),
  STRING_MAP("StringMap", DocumentParameterType.STRING);

  private final String wireName;
  private final DocumentParameterType described;

  ParameterType(String wireName, DocumentParameterType described) {
    this.wireName = wireName;
    this.described = described;
  }

  String wireName() {
    return wireName;
  }

  /** What DescribeDocument calls it: the API's enum knows only text and lists of text. */
  DocumentParameterType described() {
    return described;
  }

  /** Whether a value is a list of elements. */
  boolean isList() {
    return this == STRING_LIST || this == MAP_LIST;
  }

  static @Nullable ParameterType of(@Nullable Object wireName) {
    for (ParameterType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    return null;
  }
}
