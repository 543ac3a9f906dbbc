package dev.fleetmend.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTroubleTest {
  @TempDir private Path folder;

  private String said(String log) throws IOException {
    Files.writeString(folder.resolve(PackageManager.FETCH_LOG), log);
    return FetchTrouble.in(folder);
  }

  /** As dnf 5.4.6 says it. */
  @Test
  void namesWhatDnf5CouldNotDownload() throws IOException {
    assertThat(
            said(
                """
                Repositories loaded.
                Downloading Packages:
                 lab-w-0:1-1.noarch      0% |   0.0   B/s |  -1.0   B |  ?
                >>> Curl error (37): Could not read a file:// file for file:///srv/r/lab-w-1-1.noarch.rpm
                >>> No more mirrors to try - All mirrors were already tried without success
                Failed to download packages
                 Librepo error: Cannot download lab-w-1-1.noarch.rpm: All mirrors were tried
                """))
        .isEqualTo(
            " (Curl error (37): Could not read a file:// file for"
                + " file:///srv/r/lab-w-1-1.noarch.rpm)");
  }

  @Test
  void namesWhatAptCouldNotDownload() throws IOException {
    assertThat(
            said("Get:1 copy:/srv a 1.1\nErr:1 copy:/srv a 1.1\nE: Failed to fetch copy:/srv/a\n"))
        .isEqualTo(" (Err:1 copy:/srv a 1.1; E: Failed to fetch copy:/srv/a)");
  }
}
