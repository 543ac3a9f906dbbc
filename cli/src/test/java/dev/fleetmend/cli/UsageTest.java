package dev.fleetmend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UsageTest {
  private final StringWriter err = new StringWriter();

  @Test
  void aCommandThatIsNotThereIsAWrongCommandLine() {
    assertThat(execute("upp")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Did you mean: fleetmend up");
  }

  @Test
  void noCommandIsAWrongCommandLine() {
    assertThat(execute()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Which command?");
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
