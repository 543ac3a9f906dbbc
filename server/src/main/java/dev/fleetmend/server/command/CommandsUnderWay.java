package dev.fleetmend.server.command;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Commands that nodes have and have not ended. */
public interface CommandsUnderWay {
  /** A command as it went to a node; empty where it is not under way there. */
  Optional<Sent> find(Handle db, String commandId, String instanceId);

  /**
   * A command.
   *
   * @param parameters by name, as the document took them
   * @param expiresAt when it ends at the latest
   */
  record Sent(String documentName, Map<String, Object> parameters, Instant expiresAt) {}
}
