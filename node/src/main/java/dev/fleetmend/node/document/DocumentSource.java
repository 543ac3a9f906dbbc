package dev.fleetmend.node.document;

import dev.fleetmend.node.patch.RefusedException;
import java.io.IOException;

/** Where documents are had from that steps of others run. */
public interface DocumentSource {
  /**
   * A document.
   *
   * @param name its name, or an ARN
   * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or empty for the default
   * @throws IOException when there was no answer, which is worth trying again
   * @throws RefusedException when the server said no
   */
  FetchedDocument fetch(String name, String version) throws IOException, RefusedException;
}
