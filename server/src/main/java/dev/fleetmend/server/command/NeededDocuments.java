package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.SendCommandPayload;
import dev.fleetmend.server.document.DocumentNeed;
import dev.fleetmend.server.document.Documents;
import dev.fleetmend.server.document.InnerRun;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The documents of commands under way on a node, with those that their steps run. */
final class NeededDocuments implements DocumentNeed {
  /** Agents run so many documents inside of a command's, one in another. */
  private static final int MOST_DEPTH = 3;

  private final Documents documents;
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  NeededDocuments(Documents documents) {
    this.documents = documents;
  }

  @Override
  public boolean needs(Handle db, String instanceId, String name) {
    return invocations.openCommandsOf(db, instanceId).stream()
        .filter(
            id -> invocations.find(db, id, instanceId).filter(StoredInvocation::sent).isPresent())
        .flatMap(id -> commands.find(db, id).stream())
        .map(command -> json.read(command.payload().getBytes(UTF_8), SendCommandPayload.class))
        .anyMatch(sent -> sent.documentName().equals(name) || runs(db, sent, name));
  }

  private boolean runs(Handle db, SendCommandPayload sent, String name) {
    return runs(db, sent.documentContent(), sent.parameters(), name, 1);
  }

  private boolean runs(
      Handle db,
      Map<String, Object> content,
      Map<String, Object> parameters,
      String name,
      int depth) {
    return InnerRun.of(content, parameters).stream()
        .anyMatch(
            inner ->
                inner.document().equals(name)
                    || (depth < MOST_DEPTH && runsInside(db, inner, name, depth + 1)));
  }

  private boolean runsInside(Handle db, InnerRun inner, String name, int depth) {
    Map<String, Object> content = content(db, inner);
    return content != null && runs(db, content, inner.parameters(), name, depth);
  }

  private @Nullable Map<String, Object> content(Handle db, InnerRun inner) {
    try {
      return documents.find(db, inner.document(), inner.version()).content();
    } catch (ApiException e) {
      return null;
    }
  }
}
