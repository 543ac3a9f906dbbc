package dev.fleetmend.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.SendCommandPayload;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** {@link CommandsUnderWay} from the commands' rows. */
final class SentCommands implements CommandsUnderWay {
  private final RecordJson json = new RecordJson(Naming.PASCAL);
  private final CommandRows commands = new CommandRows();
  private final InvocationRows invocations = new InvocationRows();

  @Override
  public Optional<Sent> find(Handle db, String commandId, String instanceId) {
    return invocations
        .find(db, commandId, instanceId)
        .filter(invocation -> invocation.sent() && !invocation.state().ended())
        .flatMap(invocation -> commands.find(db, commandId))
        .map(
            command ->
                new Sent(
                    command.documentName(),
                    json.read(command.payload().getBytes(UTF_8), SendCommandPayload.class)
                        .parameters(),
                    command.expiresAt()));
  }
}
