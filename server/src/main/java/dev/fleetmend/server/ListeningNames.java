package dev.fleetmend.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names and addresses under which clients reach a listener. */
final class ListeningNames {
  private ListeningNames() {}

  /**
   * Those of an address to listen on, and more.
   *
   * @param more names and addresses that this machine does not know of
   */
  static List<String> of(String bind, List<String> more) throws IOException {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    InetAddress address = InetAddress.getByName(bind);
    if (address.isAnyLocalAddress()) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(each -> !each.isLinkLocalAddress())
          .forEach(each -> names.add(text(each)));
      names.add(InetAddress.getLocalHost().getHostName());
    } else {
      names.add(bind);
      names.add(text(address));
    }
    names.addAll(more);
    return new ArrayList<>(names);
  }

  /** Without the interface that an IPv6 address may name. */
  private static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }
}
