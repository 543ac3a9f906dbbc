package dev.fleetmend.lab;

import java.util.List;

/**
 * One version of a stream of a module, as dnf knows them: packages that are on offer only where the
 * stream is enabled.
 *
 * @param version the higher one is the newer
 * @param isDefault whether the stream is used where no other is enabled
 */
public record ModuleStream(
    String name, String stream, long version, boolean isDefault, List<Rpm> packages) {
  private static final String CONTEXT = "deadbeef";

  /** This machine's, whatever the packages': dnf 5 takes no stream that is for none. */
  private static final String PROCESSOR = System.getProperty("os.arch").replace("amd64", "x86_64");

  public ModuleStream {
    packages = List.copyOf(packages);
  }

  /** A stream that must be enabled. */
  public static ModuleStream of(String name, String stream, long version, Rpm... packages) {
    return new ModuleStream(
        name, stream, version, false, labelled(name, stream, version, packages));
  }

  public ModuleStream asDefault() {
    return new ModuleStream(name, stream, version, true, packages);
  }

  private static List<Rpm> labelled(String name, String stream, long version, Rpm... packages) {
    String label = String.join(":", name, stream, Long.toString(version), CONTEXT);
    return List.of(packages).stream().map(rpm -> rpm.withTag("ModularityLabel", label)).toList();
  }

  /** Its documents of modules.yaml. */
  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        ---
        document: modulemd
        version: 2
        data:
          name: %s
          stream: "%s"
          version: %d
          context: %s
          arch: %s
          summary: Lab module %s
          description: >-
            Lab module %s
          license:
            module:
            - MIT
          artifacts:
            rpms:
        """
            .formatted(name, stream, version, CONTEXT, PROCESSOR, name, name));
    for (Rpm rpm : packages) {
      yaml.append(
          "    - %s-0:%s-%s.%s%n".formatted(rpm.name(), rpm.version(), Rpm.RELEASE, Rpm.ARCH));
    }
    yaml.append("...\n");
    if (isDefault) {
      yaml.append(
          """
          ---
          document: modulemd-defaults
          version: 1
          data:
            module: %s
            stream: "%s"
          ...
          """
              .formatted(name, stream));
    }
    return yaml.toString();
  }
}
