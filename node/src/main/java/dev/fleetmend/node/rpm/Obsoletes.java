package dev.fleetmend.node.rpm;

import static dev.fleetmend.node.rpm.Repodata.attribute;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;
import dev.fleetmend.patching.version.RpmVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Which packages take the place of others, as repositories' primary metadata say. */
public final class Obsoletes {
  /**
   * What a package says it takes the place of.
   *
   * @param flag such as {@code LT}, empty for every version
   * @param version without a release where it names none
   */
  private record Obsoleted(
      PackageId by, String name, String flag, String version, boolean released) {
    boolean means(PackageVersion other) {
      return name.equals(other.name()) && (flag.isEmpty() || matches(other.version()));
    }

    private boolean matches(String other) {
      int release = other.lastIndexOf('-');
      String comparable = released || release < 0 ? other : other.substring(0, release) + "-0";
      int order = RpmVersion.ORDER.compare(comparable, released ? version : version + "-0");
      return switch (flag) {
        case "LT" -> order < 0;
        case "LE" -> order <= 0;
        case "GT" -> order > 0;
        case "GE" -> order >= 0;
        default -> order == 0;
      };
    }
  }

  private final List<Obsoleted> all = new ArrayList<>();

  private Obsoletes() {}

  /**
   * Reads what some versions say.
   *
   * @throws IOException when metadata cannot be read or are damaged
   */
  public static Obsoletes of(
      Collection<PackageVersion> versions, Collection<Repository> repositories) throws IOException {
    Obsoletes obsoletes = new Obsoletes();
    Set<PackageVersion> wanted = new HashSet<>(versions);
    for (Repository repository : repositories) {
      Repodata.open(repository.repodata()).read("primary", xml -> obsoletes.read(xml, wanted));
    }
    return obsoletes;
  }

  /** The package that takes another one's place, if one does. */
  public Optional<PackageId> by(PackageVersion gone) {
    return all.stream().filter(one -> one.means(gone)).map(Obsoleted::by).findFirst();
  }

  private void read(XMLStreamReader xml, Set<PackageVersion> wanted) throws XMLStreamException {
    String name = "";
    String arch = "";
    String version = "";
    boolean inside = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.END_ELEMENT) {
        inside &= !xml.getLocalName().equals("obsoletes");
      } else if (event == XMLStreamReader.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "name" -> name = xml.getElementText();
          case "arch" -> arch = xml.getElementText();
          case "version" ->
              version =
                  RpmNames.version(
                      attribute(xml, "epoch"), attribute(xml, "ver"), attribute(xml, "rel"));
          case "obsoletes" -> inside = wanted.contains(new PackageVersion(name, arch, version));
          case "entry" -> {
            if (inside) {
              all.add(entry(xml, new PackageId(name, arch)));
            }
          }
          default -> {}
        }
      }
    }
  }

  private static Obsoleted entry(XMLStreamReader xml, PackageId by) {
    String epoch = attribute(xml, "epoch");
    String release = attribute(xml, "rel");
    String version = attribute(xml, "ver");
    String full =
        release.isEmpty()
            ? (epoch.isEmpty() || epoch.equals("0") ? "" : epoch + ":") + version
            : RpmNames.version(epoch, version, release);
    return new Obsoleted(
        by, attribute(xml, "name"), attribute(xml, "flags"), full, !release.isEmpty());
  }
}
