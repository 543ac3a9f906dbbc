package dev.fleetmend.server.http;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The address by which the request that is being answered reached the server. A listener on all
 * addresses, or on any free port, has no other that is of use to the caller.
 */
public final class ReachedBy {
  private static final ScopedValue<String> ADDRESS = ScopedValue.newInstance();

  /** A name or IPv4 address, or an IPv6 address in brackets; with a port or without. */
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private ReachedBy() {}

  /**
   * Such as {@code https://patch.example:8440}; empty outside of a request, or with an odd Host.
   */
  public static Optional<String> address() {
    return ADDRESS.isBound() ? Optional.of(ADDRESS.get()) : Optional.empty();
  }

  /** Does something as part of answering a request. */
  static <T> T during(Request request, Supplier<T> work) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !HOST.matcher(host).matches()) {
      return work.get();
    }
    String address = (request.isSecure() ? "https://" : "http://") + host;
    return ScopedValue.where(ADDRESS, address).call(work::get);
  }
}
