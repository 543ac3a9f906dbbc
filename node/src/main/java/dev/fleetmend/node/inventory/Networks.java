package dev.fleetmend.node.inventory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code AWS:Network}: the interfaces that are up, but the loopback. */
final class Networks implements InventoryType {
  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final Path RESOLVER = Path.of("/etc/resolv.conf");
  private static final String ANYWHERE = "00000000";

  @Override
  public String typeName() {
    return "AWS:Network";
  }

  @Override
  public String schemaVersion() {
    return "1.0";
  }

  @Override
  public String parameter() {
    return "networkConfig";
  }

  @Override
  public List<Map<String, String>> entries(String value) throws IOException {
    String nameServers = nameServers();
    List<Map<String, String>> entries = new ArrayList<>();
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (one.isUp() && !one.isLoopback()) {
        entries.add(entry(one, nameServers));
      }
    }
    return entries;
  }

  private static Map<String, String> entry(NetworkInterface one, String nameServers)
      throws IOException {
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("Name", one.getName());
    byte[] hardware = one.getHardwareAddress();
    if (hardware != null) {
      entry.put("MacAddress", HexFormat.ofDelimiter(":").formatHex(hardware));
    }
    List<InterfaceAddress> addresses = one.getInterfaceAddresses();
    entry.put("IPV4", text(addresses, true));
    entry.put("IPV6", text(addresses, false));
    addresses.stream()
        .filter(address -> address.getAddress() instanceof Inet4Address)
        .findFirst()
        .ifPresent(address -> entry.put("SubnetMask", mask(address.getNetworkPrefixLength())));
    entry.put("Gateway", gateway(one.getName()));
    entry.put("DNSServer", nameServers);
    entry.values().removeIf(String::isEmpty);
    return entry;
  }

  private static String text(List<InterfaceAddress> addresses, boolean four) {
    return addresses.stream()
        .map(InterfaceAddress::getAddress)
        .filter(address -> address instanceof Inet4Address == four)
        .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
        .collect(Collectors.joining(","));
  }

  private static String mask(int prefix) {
    int bits = prefix == 0 ? 0 : -1 << (32 - prefix);
    return dotted(bits >>> 24, bits >>> 16, bits >>> 8, bits);
  }

  /** The kernel writes addresses in hex, the last byte first. */
  private static String gateway(String name) throws IOException {
    if (!Files.isReadable(ROUTES)) {
      return "";
    }
    for (String line : Files.readAllLines(ROUTES)) {
      String[] field = line.split("\t", -1);
      if (field.length > 2 && field[0].equals(name) && field[1].equals(ANYWHERE)) {
        int hex = Integer.parseUnsignedInt(field[2], 16);
        return dotted(hex, hex >>> 8, hex >>> 16, hex >>> 24);
      }
    }
    return "";
  }

  private static String dotted(int one, int two, int three, int four) {
    return (one & 255) + "." + (two & 255) + "." + (three & 255) + "." + (four & 255);
  }

  private static String nameServers() throws IOException {
    if (!Files.isReadable(RESOLVER)) {
      return "";
    }
    return Files.readAllLines(RESOLVER).stream()
        .filter(line -> line.startsWith("nameserver "))
        .map(line -> line.substring("nameserver ".length()).strip())
        .collect(Collectors.joining(","));
  }
}
