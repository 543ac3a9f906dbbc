package dev.fleetmend.protocol.json;

/** How a record component is spelled as a JSON member. */
public enum Naming {
  /** {@code instanceId} as {@code InstanceId}, the way of SSM's operations. */
  PASCAL {
    @Override
    String member(String component) {
      return Character.toUpperCase(component.charAt(0)) + component.substring(1);
    }
  },
  /** {@code instanceId} as it is, the way of the agent's replies. */
  CAMEL {
    @Override
    String member(String component) {
      return component;
    }
  };

  abstract String member(String component);
}
