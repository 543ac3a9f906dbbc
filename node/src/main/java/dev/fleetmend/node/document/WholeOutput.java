package dev.fleetmend.node.document;

import java.io.IOException;
import java.nio.file.Path;

/** Takes output that is too long for replies. */
public interface WholeOutput {
  /** What replies say of a longer stream ends after so many characters, or bytes of most texts. */
  long REPLIED_OUTPUT = 24_000;

  /** As many of the stream of errors as the API shows. */
  long REPLIED_ERRORS = 8_000;

  /**
   * Sends a file on, or gives up after a while: the replies have its beginning.
   *
   * @param stream {@code StandardOutput} or {@code StandardError}
   * @throws InterruptedException when the agent ends
   */
  void send(String commandId, String step, String stream, Path file)
      throws IOException, InterruptedException;
}
