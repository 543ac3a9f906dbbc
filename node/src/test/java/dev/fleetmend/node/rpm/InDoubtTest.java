package dev.fleetmend.node.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.manager.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InDoubtTest {
  private static final List<PackageId> CHANGING = List.of(new PackageId("lab-app", "noarch"));

  @TempDir private Path folder;

  @Test
  void aTransactionThatCameToItsEndLeavesNothing() throws IOException {
    InDoubt inDoubt = new InDoubt(folder);
    inDoubt.begin(CHANGING, log("before"));

    inDoubt.end(CHANGING);

    assertThat(inDoubt.packages()).isEmpty();
    assertThat(inDoubt.mayHaveTornIndexes()).isFalse();
  }

  @Test
  void oneThatWasCutOffLeavesItsPackagesAndTheIndexesInDoubt() throws IOException {
    new InDoubt(folder).begin(CHANGING, log("before"));

    InDoubt afterwards = new InDoubt(folder);
    assertThat(afterwards.packages()).containsExactlyElementsOf(CHANGING);
    assertThat(afterwards.mayHaveTornIndexes()).isTrue();

    afterwards.indexed();
    assertThat(afterwards.packages()).containsExactlyElementsOf(CHANGING);
    assertThat(afterwards.mayHaveTornIndexes()).isFalse();

    afterwards.begin(CHANGING, log("again"));
    assertThat(afterwards.mayHaveTornIndexes()).isTrue();
  }

  @Test
  void oneThatSaidItsLastWordLeavesTheIndexesAloneInDoubt() throws IOException {
    Path log = log("before");
    new InDoubt(folder).begin(CHANGING, log);
    Files.writeString(log, "before\nComplete!\n");

    InDoubt afterwards = new InDoubt(folder);
    assertThat(afterwards.packages()).isEmpty();
    assertThat(afterwards.mayHaveTornIndexes()).isTrue();
  }

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("log"), text + "\n");
  }
}
