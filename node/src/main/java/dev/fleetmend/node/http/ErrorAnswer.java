package dev.fleetmend.node.http;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;

/** An error as AWS JSON 1.1 has it. */
record ErrorAnswer(String __type, String message) {
  static ErrorAnswer read(byte[] body) {
    return new RecordJson(Naming.CAMEL).read(body, ErrorAnswer.class);
  }

  /** The code without the namespace that may stand before it. */
  String code() {
    return __type.substring(__type.indexOf('#') + 1);
  }
}
