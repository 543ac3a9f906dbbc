package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.Empty;
import dev.fleetmend.protocol.message.GetMessagesResponse;
import dev.fleetmend.protocol.message.Message;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.protocol.message.RequestManagedInstanceRoleTokenResponse;
import dev.fleetmend.protocol.message.SendCommandPayload;
import dev.fleetmend.protocol.message.SendReplyResponse;
import dev.fleetmend.protocol.message.Topic;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Says what a server would, to one agent of this machine, without checking anything: enough for the
 * agent to enrol, to beat, and to run one harmless command.
 */
final class TrialServer implements AutoCloseable {
  private static final String NODE = "mi-00000000000000000";
  private static final String COMMAND = "00000000-0000-0000-0000-000000000001";
  private static final String PASSWORD = "only for this trial";
  private static final long FAR_AWAY = 253_402_300_799L;

  private final RecordJson pascal = new RecordJson(Naming.PASCAL);
  private final Path certificate;
  private final SSLServerSocket listener;
  private final AtomicBoolean sent = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  private TrialServer(Path certificate, SSLServerSocket listener) {
    this.certificate = certificate;
    this.listener = listener;
  }

  /** Starts one with a certificate of its own, made by the JDK's keytool in a folder. */
  static TrialServer start(Path java, Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("trial.p12");
    Path certificate = folder.resolve("trial.pem");
    String keytool = java.resolve("bin/keytool").toString();
    Tool.run(
        keytool,
        "-genkeypair",
        "-alias",
        "trial",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=trial",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    Tool.run(
        keytool,
        "-exportcert",
        "-rfc",
        "-alias",
        "trial",
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(managers.getKeyManagers(), null, null);
      TrialServer server =
          new TrialServer(
              certificate,
              (SSLServerSocket)
                  tls.getServerSocketFactory()
                      .createServerSocket(0, 8, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("trial").start(server::listen);
      return server;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make the trial server's certificate", e);
    }
  }

  String address() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  /** PEM file of what it is trusted by. */
  Path certificate() {
    return certificate;
  }

  /** Waits until the agent has replied to its command and polled again; false where it does not. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return ended.await(seconds, TimeUnit.SECONDS);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().name("trial-agent").start(() -> serve(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedInputStream in = new BufferedInputStream(socket.getInputStream())) {
      String request = head(in);
      while (!request.isEmpty()) {
        String operation = field(request, "x-amz-target");
        in.readNBytes(Integer.parseInt(field(request, "content-length")));
        byte[] body = pascal.write(answer(operation.substring(operation.indexOf('.') + 1)));
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: ";
        socket.getOutputStream().write((head + body.length + "\r\n\r\n").getBytes(US_ASCII));
        socket.getOutputStream().write(body);
        request = head(in);
      }
    } catch (IOException e) {
      // The agent went away, as it does at its end.
    }
  }

  private Record answer(String operation) {
    return switch (operation) {
      case "RegisterManagedInstance" -> new RegisterManagedInstanceResponse(NODE);
      case "RequestManagedInstanceRoleToken" ->
          new RequestManagedInstanceRoleTokenResponse("ID", "secret", "token", FAR_AWAY, false);
      case "GetMessages" -> new GetMessagesResponse(NODE, "", messages());
      case "SendReply" -> new SendReplyResponse("", "", "Queued", "");
      default -> new Empty();
    };
  }

  private List<Message> messages() {
    if (sent.getAndSet(true)) {
      ended.countDown();
      return List.of();
    }
    SendCommandPayload payload =
        SendCommandPayload.of(
            COMMAND,
            "AWS-RunShellScript",
            Map.of(
                "schemaVersion",
                "2.2",
                "mainSteps",
                List.of(
                    Map.of(
                        "action",
                        "aws:runShellScript",
                        "name",
                        "trial",
                        "inputs",
                        Map.of("runCommand", List.of("true"))))),
            Map.of());
    return List.of(
        new Message(
            "aws.ssm." + COMMAND + "." + NODE,
            Topic.SEND_COMMAND.text("us-east-1", NODE),
            NODE,
            "2026-01-01T00:00:00.000Z",
            new String(new RecordJson(Naming.CAMEL).write(payload), UTF_8),
            ""));
  }

  /** The request line and the header fields; nothing at the connection's end. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (head.toString(US_ASCII).endsWith("\r\n\r\n")) {
        return head.toString(US_ASCII);
      }
    }
    return "";
  }

  private static String field(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("0");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
