package dev.fleetmend.server.command;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.work.WorkKind;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Run Command for other capabilities. */
public interface Commands {
  /**
   * Sends a command with the caller's transaction: it goes out if that commits, and not else.
   *
   * @param whenEnded work to schedule once the command has ended, with the command's id as the
   *     work's id; null for none
   * @return the command's id
   * @throws ApiException when SendCommand would refuse the request
   */
  String send(Handle tx, SendCommandRequest request, @Nullable WorkKind<CommandEnded> whenEnded);

  /** Cancels what has not ended of a command, with the caller's transaction. */
  void cancel(Handle tx, String commandId);

  /** The ids of a command's first targets, in the order in which they are sent to. */
  List<String> nodes(Handle db, String commandId, int most);

  /** How a command stands; empty where there is none. */
  Optional<CommandProgress> progress(Handle db, String commandId);
}
