package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageId;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObsoletesTest {
  private static final PackageVersion NEW = new PackageVersion("lab-new", "noarch", "1:2.0-1");
  private static final PackageId ID = PackageId.of(NEW);

  @TempDir private Path folder;

  private Obsoletes reading(PackageVersion version, String entries) throws IOException {
    Files.writeString(
        folder.resolve("repomd.xml"),
        "<repomd><data type='primary'><location href='repodata/primary.xml'/></data></repomd>");
    Files.writeString(
        folder.resolve("primary.xml"),
        """
        <metadata xmlns="http://linux.duke.edu/metadata/common"
            xmlns:rpm="http://linux.duke.edu/metadata/rpm">
          <package type="rpm"><name>lab-new</name><arch>noarch</arch>
            <version epoch="1" ver="2.0" rel="1"/>
            <format><rpm:requires><rpm:entry name="lab-lib"/></rpm:requires>
              <rpm:obsoletes>%s</rpm:obsoletes></format>
          </package>
        </metadata>
        """
            .formatted(entries));
    return Obsoletes.of(List.of(version), List.of(new Repository("lab", folder, 99)));
  }

  private static PackageVersion old(String version) {
    return new PackageVersion("lab-old", "noarch", version);
  }

  @Test
  void readsConditionsWithAndWithoutARelease() throws IOException {
    Obsoletes below = reading(NEW, "<rpm:entry name='lab-old' flags='LT' ver='2.0'/>");
    assertThat(below.by(old("1.9-7"))).contains(ID);
    assertThat(below.by(old("2.0-0"))).isEmpty();
    assertThat(below.by(old("1:1.0-1"))).isEmpty();

    Obsoletes upTo =
        reading(NEW, "<rpm:entry name='lab-old' flags='LE' epoch='0' ver='2' rel='3'/>");
    assertThat(upTo.by(old("2-3"))).contains(ID);
    assertThat(upTo.by(old("2-4"))).isEmpty();

    assertThat(reading(NEW, "<rpm:entry name='lab-old'/>").by(old("9-9"))).contains(ID);
  }

  @Test
  void whatIsOnlyNeededOrOfAnotherVersionTakesNoPlace() throws IOException {
    String any = "<rpm:entry name='lab-old'/>";

    assertThat(reading(NEW, any).by(new PackageVersion("lab-lib", "noarch", "1-1"))).isEmpty();
    assertThat(reading(new PackageVersion("lab-new", "noarch", "3-1"), any).by(old("1-1")))
        .isEmpty();
  }
}
