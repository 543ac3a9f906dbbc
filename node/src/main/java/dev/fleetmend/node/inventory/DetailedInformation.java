package dev.fleetmend.node.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code AWS:InstanceDetailedInformation}: the processor and the kernel. */
final class DetailedInformation implements InventoryType {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  @Override
  public String typeName() {
    return "AWS:InstanceDetailedInformation";
  }

  @Override
  public String schemaVersion() {
    return "1.0";
  }

  @Override
  public String parameter() {
    return "instanceDetailedInformation";
  }

  @Override
  public List<Map<String, String>> entries(String value) throws IOException {
    return List.of(of(Files.readAllLines(PROCESSORS), System.getProperty("os.version", "")));
  }

  static Map<String, String> of(List<String> processors, String kernel) {
    Map<String, String> first = new LinkedHashMap<>();
    Set<String> sockets = new HashSet<>();
    int count = 0;
    for (String line : processors) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip();
        String said = line.substring(colon + 1).strip();
        first.putIfAbsent(name, said);
        count += name.equals("processor") ? 1 : 0;
        if (name.equals("physical id")) {
          sockets.add(said);
        }
      }
    }
    int socketCount = Math.max(1, sockets.size());
    int perSocket = number(first.get("cpu cores"), Math.max(1, count / socketCount));
    int cores = perSocket * socketCount;
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("CPUModel", first.getOrDefault("model name", ""));
    entry.put("CPUSpeedMHz", first.getOrDefault("cpu MHz", "").replaceFirst("\\..*", ""));
    entry.put("CPUs", Integer.toString(count));
    entry.put("CPUSockets", Integer.toString(socketCount));
    entry.put("CPUCores", Integer.toString(cores));
    entry.put("CPUHyperThreadEnabled", Boolean.toString(count > cores));
    entry.put("KernelVersion", kernel);
    entry.values().removeIf(String::isEmpty);
    return entry;
  }

  private static int number(@Nullable String text, int otherwise) {
    return text != null && text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : otherwise;
  }
}
