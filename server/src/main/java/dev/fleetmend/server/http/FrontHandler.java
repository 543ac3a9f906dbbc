package dev.fleetmend.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The way in: the API by POST, downloads by GET, and nodes' control channels. */
final class FrontHandler extends Handler.Abstract {
  private final ApiHandler api;
  private final QueryHandler query;
  private final ControlChannelHandler channels;
  private final PostHandler posts;
  private final Routes routes;

  FrontHandler(
      ApiHandler api,
      QueryHandler query,
      ControlChannelHandler channels,
      PostHandler posts,
      Routes routes) {
    this.posts = posts;
    this.api = api;
    this.query = query;
    this.channels = channels;
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    if (path.startsWith(ControlChannelHandler.PATH)) {
      channels.handle(path, request, response, callback);
    } else if (HttpMethod.POST.is(request.getMethod()) && routes.post(path).isPresent()) {
      posts.handle(routes.post(path).orElseThrow(), request, response, callback);
    } else if (HttpMethod.POST.is(request.getMethod()) && QueryHandler.speaks(request)) {
      query.handle(request, response, callback);
    } else if (HttpMethod.POST.is(request.getMethod())) {
      api.handle(request, response, callback);
    } else if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
      download(path, request, response, callback);
    } else {
      text(
          response,
          callback,
          HttpStatus.METHOD_NOT_ALLOWED_405,
          "text/plain",
          "Only GET, HEAD and POST are answered here.\n");
    }
    return true;
  }

  private void download(String path, Request request, Response response, Callback callback)
      throws IOException {
    Optional<Download> found;
    try {
      found = routes.open(path);
    } catch (NotHereException e) {
      text(
          response,
          callback,
          HttpStatus.NOT_FOUND_404,
          "text/plain",
          Objects.requireNonNull(e.getMessage()) + "\n");
      return;
    }
    if (found.isEmpty()) {
      text(response, callback, HttpStatus.NOT_FOUND_404, "text/plain", "There is nothing here.\n");
      return;
    }
    Download download = found.get();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, download.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, download.length());
    if (HttpMethod.GET.is(request.getMethod())) {
      try (InputStream in = download.source().open();
          OutputStream out = Content.Sink.asOutputStream(response)) {
        in.transferTo(out);
      }
    }
    callback.succeeded();
  }

  private static void text(
      Response response, Callback callback, int status, String type, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    Content.Sink.write(response, true, text, callback);
  }
}
