package dev.fleetmend.node.transaction;

import java.io.Serial;
import java.util.List;

/** Why a transaction does not begin to change the host, one line a reason. */
final class ObjectionException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  ObjectionException(List<String> lines) {
    super(String.join("\n", lines));
  }

  List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }

  /** Throws where there is any. */
  static void unlessNone(List<String> lines) throws ObjectionException {
    if (!lines.isEmpty()) {
      throw new ObjectionException(lines);
    }
  }
}
