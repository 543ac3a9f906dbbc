package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.MessageId;
import dev.fleetmend.server.command.CommandsUnderWay;
import dev.fleetmend.server.message.Sealing;
import dev.fleetmend.server.node.ManagedNode;
import dev.fleetmend.server.node.NodeDirectory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts a token into a patch command as a node that runs no agent of ours gets it. What is stored
 * and shown of a command never has one.
 */
final class TokenSeal implements Sealing {
  /** Where the scripts of the patch documents have their token. */
  static final String PLACE = "%fleetmend-worker-token%";

  private final CommandsUnderWay commands;
  private final NodeDirectory nodes;
  private final WorkerTokens tokens;

  TokenSeal(CommandsUnderWay commands, NodeDirectory nodes, WorkerTokens tokens) {
    this.commands = commands;
    this.nodes = nodes;
    this.tokens = tokens;
  }

  @Override
  public Message seal(Handle tx, Message message) {
    if (!message.payload().contains(PLACE)) {
      return message;
    }
    String payload = message.payload().replace(PLACE, token(tx, message));
    return new Message(
        message.messageId(),
        message.topic(),
        message.destination(),
        message.createdDate(),
        payload,
        sha256(payload));
  }

  /** Empty where no script needs one: on Linux our own agent or worker does the work. */
  private String token(Handle tx, Message message) {
    MessageId id = MessageId.parse(message.messageId());
    boolean scripted =
        id != null
            && nodes.find(tx, id.instanceId()).map(ManagedNode::platformType).isPresent()
            && !nodes
                .find(tx, id.instanceId())
                .map(ManagedNode::platformType)
                .equals(Optional.of("Linux"));
    if (id == null || !scripted) {
      return "";
    }
    return commands
        .find(tx, id.commandId(), id.instanceId())
        .filter(sent -> WorkerCommand.isOf(sent.documentName()))
        .map(
            sent ->
                tokens.mint(
                    tx, new WorkerTokens.Owner(id.commandId(), id.instanceId()), sent.expiresAt()))
        .orElse("");
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
