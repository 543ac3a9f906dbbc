package dev.fleetmend.node.rpm;

import static dev.fleetmend.node.rpm.Repodata.attribute;

import dev.fleetmend.patching.fact.PackageVersion;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the package versions in a repository's primary metadata. */
final class PrimaryReader implements Repodata.XmlHandler {
  private static final Set<String> SOURCES = Set.of("src", "nosrc");

  private final Repository repository;
  private final Set<String> names;
  private final Consumer<AvailablePackage> found;

  private String name = "";
  private String arch = "";
  private String version = "";
  private String checksumType = "";
  private String checksum = "";
  private long builtAt;
  private long downloadBytes;
  private long installedBytes;

  /**
   * @param names those that are wanted
   */
  PrimaryReader(Repository repository, Set<String> names, Consumer<AvailablePackage> found) {
    this.repository = repository;
    this.names = names;
    this.found = found;
  }

  @Override
  public void read(XMLStreamReader xml) throws XMLStreamException {
    boolean inside = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        String element = xml.getLocalName();
        if (element.equals("package")) {
          inside = true;
        } else if (element.equals("format")) {
          inside = false; // nothing of what a package needs or brings is wanted
        } else if (inside) {
          element(xml, element);
          inside = !element.equals("name") || names.contains(name);
        }
      }
    }
  }

  private void element(XMLStreamReader xml, String element) throws XMLStreamException {
    switch (element) {
      case "name" -> name = xml.getElementText();
      case "arch" -> arch = xml.getElementText();
      case "version" ->
          version =
              RpmNames.version(
                  attribute(xml, "epoch"), attribute(xml, "ver"), attribute(xml, "rel"));
      case "checksum" -> {
        checksumType = attribute(xml, "type");
        checksum = xml.getElementText();
      }
      case "time" -> builtAt = number(attribute(xml, "build"));
      case "size" -> {
        downloadBytes = number(attribute(xml, "package"));
        installedBytes = number(attribute(xml, "installed"));
      }
      case "location" -> add(attribute(xml, "href"));
      default -> {}
    }
  }

  private void add(String location) {
    List<String> path = Stream.of(location.split("/", -1)).toList();
    PackageVersion exact = new PackageVersion(name, arch, version);
    if (!SOURCES.contains(arch) && RpmNames.valid(exact)) {
      found.accept(
          new AvailablePackage(
              exact,
              repository.id(),
              repository.priority(),
              builtAt,
              downloadBytes,
              installedBytes,
              checksumType,
              checksum,
              path.getLast()));
    }
  }

  private static long number(String text) {
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }
}
