package dev.fleetmend.node.document;

import java.io.Serial;

/** A document that can't be run at all, with the reason for people. */
public final class DocumentException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  DocumentException(String message) {
    super(message);
  }
}
