package dev.fleetmend.node.http;

import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.sign.OutgoingRequest;
import java.io.IOException;
import java.util.Map;

/** Gives a request the headers that prove who sends it. */
public interface Signing {
  /**
   * The headers to add.
   *
   * @throws IOException when the means to sign can't be had now
   * @throws RefusedException when the server does not give them to this node
   */
  Map<String, String> sign(OutgoingRequest request) throws IOException, RefusedException;

  /** Told when the server did not know the credentials that a request was signed with. */
  void unknownToServer();

  /** Signs nothing: for the one call before a node has a key that the server knows. */
  static Signing none() {
    return new Signing() {
      @Override
      public Map<String, String> sign(OutgoingRequest request) {
        return Map.of();
      }

      @Override
      public void unknownToServer() {}
    };
  }
}
