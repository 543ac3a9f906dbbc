package dev.fleetmend.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The server's API as JSON. */
public interface Api {
  /**
   * Calls one operation.
   *
   * @param target {@code AmazonSSM.<Operation>} or {@code Fleetmend.<Operation>}
   * @throws ApiProblem when the server refuses
   * @throws dev.fleetmend.cli.Problem when it cannot be reached
   */
  ObjectNode call(String target, ObjectNode request);

  /** An operation of SSM. */
  default ObjectNode ssm(String operation, ObjectNode request) {
    return call("AmazonSSM." + operation, request);
  }

  /** An empty request. */
  static ObjectNode request() {
    return JsonNodeFactory.instance.objectNode();
  }
}
