package dev.fleetmend.e2e.rpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The metadata of a repository with newer versions of a few packages, written as a vendor does. */
final class VendorRepository {
  private VendorRepository() {}

  /**
   * Writes them.
   *
   * @param packages {@code name version release build-time}, of {@code x86_64} and without an epoch
   * @param updateinfo the vendor's notices, empty where it publishes none
   */
  static void write(Path repodata, List<String> packages, String updateinfo) throws IOException {
    StringBuilder primary = new StringBuilder();
    primary.append("<metadata xmlns=\"http://linux.duke.edu/metadata/common\">\n");
    for (String one : packages) {
      String[] word = one.split(" ", -1);
      primary.append(
          """
          <package type="rpm">
            <name>%1$s</name><arch>x86_64</arch><version epoch="0" ver="%2$s" rel="%3$s"/>
            <checksum type="sha256" pkgid="YES">00</checksum>
            <time file="%4$s" build="%4$s"/><size package="1" installed="1" archive="1"/>
            <location href="Packages/%1$s-%2$s-%3$s.x86_64.rpm"/>
            <format/>
          </package>
          """
              .formatted(word[0], word[1], word[2], word[3]));
    }
    Files.writeString(repodata.resolve("primary.xml"), primary.append("</metadata>\n"));
    StringBuilder index = new StringBuilder("<repomd>");
    index.append("<data type=\"primary\"><location href=\"repodata/primary.xml\"/></data>");
    if (!updateinfo.isEmpty()) {
      Files.writeString(repodata.resolve("updateinfo.xml"), updateinfo);
      index.append("<data type=\"updateinfo\"><location href=\"repodata/updateinfo.xml\"/></data>");
    }
    Files.writeString(repodata.resolve("repomd.xml"), index.append("</repomd>"));
  }

  /** An element of a notice's list of packages, as createrepo_c and its kin write it. */
  static String named(String name, String version, String release) {
    return """
        <package name="%1$s" version="%2$s" release="%3$s" epoch="0" arch="x86_64" \
        src="%1$s-%2$s-%3$s.src.rpm"><filename>%1$s-%2$s-%3$s.x86_64.rpm</filename></package>
        """
        .formatted(name, version, release);
  }
}
