package dev.fleetmend.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is no HTTP that could be answered otherwise, without a page of Jetty's and its insides. */
final class PlainErrors implements Request.Handler {
  private static final int SERVER_ERRORS = 500;

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String code =
        response.getStatus() >= SERVER_ERRORS ? "InternalServerError" : "MalformedHttpRequest";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.1");
    String body =
        "{\"__type\":\"" + code + "\",\"message\":\"HTTP status " + response.getStatus() + "\"}";
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
