package dev.fleetmend.node.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.node.program.ProgramResult;
import org.junit.jupiter.api.Test;

class DnfListsTest {
  @Test
  void aRepositoryThatWasPassedOverIsAFailure() {
    assertThat(DnfLists.failureIn(new ProgramResult(0, "Metadata cache created.", ""))).isNull();
    assertThat(
            DnfLists.failureIn(
                new ProgramResult(
                    0, "", "Errors during downloading metadata for repository 'a':\n  - gone\n")))
        .isEqualTo("Errors during downloading metadata for repository 'a':; - gone");
  }
}
