package dev.fleetmend.server.operation;

/** Who asks, as the signature of the request proves. */
public sealed interface Caller {
  /** Somebody with an access key of the server. */
  record Administrator(String accessKeyId) implements Caller {}

  /** A managed node, with the temporary credentials it was issued. */
  record Node(String instanceId) implements Caller {}

  /** Nobody known: an unsigned request. */
  record Anonymous() implements Caller {}
}
