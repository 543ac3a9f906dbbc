package dev.fleetmend.node.agent;

import dev.fleetmend.node.AgentLog;
import dev.fleetmend.node.document.ReplySink;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.node.state.JsonFile;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.CommandReply;
import dev.fleetmend.protocol.message.SendReplyRequest;
import dev.fleetmend.protocol.message.SendReplyResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Replies on their way to the server: each on disk until the server has it, sent in order, and sent
 * again with the same id after an outage or a restart.
 */
final class ReplyOutbox implements ReplySink {
  private final RecordJson json = new RecordJson(Naming.CAMEL);
  private final Path folder;
  private final ServiceClient server;
  private final Backoff backoff;
  private final AgentLog log;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private long next;

  ReplyOutbox(Path folder, ServiceClient server, Backoff backoff, AgentLog log) throws IOException {
    this.folder = folder;
    this.server = server;
    this.backoff = backoff;
    this.log = log;
    DurableFile.makeFolder(folder);
    for (Path left : leftOver()) {
      waiting.add(left);
      next = 1 + Long.parseLong(left.getFileName().toString().substring(0, 12));
    }
  }

  private List<Path> leftOver() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "[0-9]*.json")) {
      stream.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  @Override
  public synchronized void reply(String messageId, CommandReply reply) throws IOException {
    String payload = new String(json.write(reply), StandardCharsets.UTF_8);
    Path file = folder.resolve(String.format(Locale.ROOT, "%012d.json", next++));
    file(file).write(new SendReplyRequest(messageId, UUID.randomUUID().toString(), payload));
    waiting.add(file);
    notifyAll();
  }

  /** Sends until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      Path file = first();
      try {
        send(file);
        backoff.succeeded();
      } catch (IOException e) {
        Thread.sleep(backoff.failed());
      }
    }
  }

  /** Waits until everything has been sent. */
  synchronized boolean awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!waiting.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized Path first() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    return waiting.getFirst();
  }

  private void send(Path file) throws IOException {
    SendReplyRequest reply = read(file);
    if (reply != null) {
      try {
        server.call(Call.of(Target.MESSAGES, "SendReply"), reply, SendReplyResponse.class);
      } catch (RefusedException e) {
        if (SignatureTrouble.in(e)) {
          throw new IOException(e);
        }
        log.warn("the server does not take a reply to " + reply.messageId() + "; it is dropped", e);
      }
    }
    synchronized (this) {
      file(file).delete();
      waiting.removeFirst();
      notifyAll();
    }
  }

  private @Nullable SendReplyRequest read(Path file) {
    try {
      return file(file).read();
    } catch (IOException e) {
      log.warn("a reply is lost", e);
      return null;
    }
  }

  private static JsonFile<SendReplyRequest> file(Path file) {
    return new JsonFile<>(file, SendReplyRequest.class);
  }
}
