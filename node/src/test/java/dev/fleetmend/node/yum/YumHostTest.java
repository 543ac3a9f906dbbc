package dev.fleetmend.node.yum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.program.ProgramResult;
import dev.fleetmend.patching.fact.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a host with yum, and written there. */
class YumHostTest {
  @Test
  void aFailedRefreshIsToldWithoutYumsAdvice() throws IOException {
    ProgramResult gone = new ProgramResult(1, "", Golden.read("yum3.makecache-gone.stderr"));

    assertThat(YumLists.failureIn(gone))
        .contains(
            "http://mirror.invalid/nosuch/repodata/repomd.xml: [Errno 14] HTTP Error 404",
            "failure: repodata/repomd.xml from gone")
        .doesNotContain("There are a few ways", "--disablerepo", "subscription-manager");
  }

  @ParameterizedTest
  @CsvSource({
    "#!/usr/bin/python,/usr/bin/python",
    "#! /usr/bin/python2.7 -t,/usr/bin/python2.7",
    "import sys,/usr/bin/python2"
  })
  void theLibraryRunsOnYumsOwnPython(String firstLine, String interpreter) {
    assertThat(YumDownloads.interpreter(firstLine)).isEqualTo(interpreter);
  }

  @Test
  void notesAboutAPackageLieWhereYumLooksForThem() {
    assertThat(
            YumMarks.folder(
                Path.of("/var/lib/yum/yumdb"),
                new PackageVersion("lab-app", "noarch", "2:1.0-1.lab"),
                "c04b5f02e2447aef8115b08382e236b8f0bc14d8"))
        .hasToString(
            "/var/lib/yum/yumdb/l/c04b5f02e2447aef8115b08382e236b8f0bc14d8-lab-app-1.0-1.lab-noarch");
  }

  @Test
  void ofUnfinishedTransactionsOnlyOursAreForgotten(@TempDir Path folder) throws IOException {
    Path yum = Files.createDirectories(folder.resolve("yum"));
    Path state = Files.createDirectories(folder.resolve("state"));
    Path another = Files.createFile(yum.resolve("transaction-all.2026-01-01.00:00.00"));
    UnfinishedTransactions unfinished = new UnfinishedTransactions(yum, state);

    unfinished.begin();
    Files.createFile(yum.resolve("transaction-all.2026-11-28.01:31.17"));
    Files.createFile(yum.resolve("transaction-done.2026-11-28.01:31.17"));
    new UnfinishedTransactions(yum, state).forgetOurs();

    assertThat(yum).isDirectoryContaining(another::equals).isDirectoryNotContaining("glob:**17");

    Path later = Files.createFile(yum.resolve("transaction-all.2026-11-28.02:00.00"));
    unfinished.forgetOurs();

    assertThat(later).exists();
  }
}
