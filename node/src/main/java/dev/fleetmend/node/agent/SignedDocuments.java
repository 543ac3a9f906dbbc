package dev.fleetmend.node.agent;

import dev.fleetmend.node.document.DocumentSource;
import dev.fleetmend.node.document.FetchedDocument;
import dev.fleetmend.node.http.Call;
import dev.fleetmend.node.http.ServiceClient;
import dev.fleetmend.node.http.Target;
import dev.fleetmend.node.patch.RefusedException;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.protocol.message.GetDocumentRequest;
import dev.fleetmend.protocol.message.GetDocumentResponse;
import java.io.IOException;

/** Documents of the server, over signed calls. */
final class SignedDocuments implements DocumentSource {
  private final ServiceClient server;

  SignedDocuments(ServiceClient server) {
    this.server = server;
  }

  @Override
  public FetchedDocument fetch(String name, String version) throws IOException, RefusedException {
    GetDocumentResponse answer =
        server.call(
            Call.of(Target.SSM, "GetDocument"),
            new GetDocumentRequest(name, version.isEmpty() ? null : version, "JSON"),
            GetDocumentResponse.class);
    try {
      return new FetchedDocument(
          name, answer.documentType(), RecordJson.readObject(answer.content()));
    } catch (MalformedJsonException e) {
      throw new IOException("GetDocument was answered with what is no document", e);
    }
  }
}
