package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.document.WholeOutput;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.message.PutCommandOutputRequest;
import dev.fleetmend.protocol.message.PutCommandOutputResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** {@code Fleetmend.PutCommandOutput}, piece by piece, from where the server is. */
final class OutputUpload implements WholeOutput {
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10));

  private final ServiceClient server;
  private final AgentLog log;

  OutputUpload(ServiceClient server, AgentLog log) {
    this.server = server;
    this.log = log;
  }

  @Override
  public void send(String commandId, String step, String stream, Path file)
      throws IOException, InterruptedException {
    try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
      long size = bytes.size();
      long offset = 0;
      boolean full = false;
      while (offset < size && !full) {
        bytes.position(offset);
        ByteBuffer piece =
            ByteBuffer.allocate((int) Math.min(PutCommandOutputRequest.MOST_BYTES, size - offset));
        while (piece.hasRemaining() && bytes.read(piece) >= 0) {}
        byte[] content = new byte[piece.flip().remaining()];
        piece.get(content);
        PutCommandOutputResponse answer =
            put(
                new PutCommandOutputRequest(
                    commandId,
                    step,
                    stream,
                    offset,
                    Base64.getEncoder().encodeToString(content),
                    offset + content.length == size));
        full = answer.full();
        offset = answer.length();
      }
    } catch (RefusedException e) {
      log.warn("the whole output of " + step + " of " + commandId + " was not taken", e);
    }
  }

  private PutCommandOutputResponse put(PutCommandOutputRequest request)
      throws IOException, RefusedException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        return server.call(
            Call.of(Target.FLEETMEND, "PutCommandOutput"), request, PutCommandOutputResponse.class);
      } catch (IOException e) {
        if (tries == PAUSES.size()) {
          throw new RefusedException("NoAnswer", String.valueOf(e.getMessage()));
        }
        Thread.sleep(PAUSES.get(tries));
      }
    }
  }
}
