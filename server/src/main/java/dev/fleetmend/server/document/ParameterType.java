package dev.fleetmend.server.document;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentParameterType;

/** What kind of value a document's parameter takes. */
enum ParameterType {
  STRING("String", DocumentParameterType.STRING),
  STRING_LIST("StringList", DocumentParameterType.STRING_LIST);

  private final String wireName;
  private final DocumentParameterType described;

  ParameterType(String wireName, DocumentParameterType described) {
    this.wireName = wireName;
    this.described = described;
  }

  DocumentParameterType described() {
    return described;
  }

  static ParameterType of(@Nullable Object wireName) {
    for (ParameterType type : values()) {
      if (type.wireName.equals(wireName)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no parameter type " + wireName);
  }
}
