package dev.fleetmend.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperationTableTest {
  private final OperationTable table = new OperationTable();

  @Test
  void everyOperationOfTheSdkIsThereOnce() {
    assertThat(table.all()).extracting(Operation::name).hasSize(152).doesNotHaveDuplicates();
    assertThat(table.find("CreatePatchBaseline")).isPresent();
    assertThat(table.find("createPatchBaseline")).isEmpty();
  }

  @Test
  void everyRequestCanBeBuilt() {
    for (Operation operation : table.all()) {
      assertThat(operation.requestBuilder()).as(operation.name()).isNotNull();
    }
  }
}
