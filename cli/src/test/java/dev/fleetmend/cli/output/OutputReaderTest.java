package dev.fleetmend.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetmend.cli.client.CannedApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class OutputReaderTest {
  private static final String TARGET = "Fleetmend.GetCommandOutput";
  private static final String ONE_STEP = "{\"PluginNames\":[\"say\"]}";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int pauses;

  private void read(CannedApi api, boolean follow) {
    new OutputReader(api, new PrintWriter(out), new PrintWriter(err), follow, millis -> pauses++)
        .read("c", "mi-1", false);
  }

  @Test
  void followingGoesOnUntilBothStreamsHaveEnded() {
    CannedApi api =
        new CannedApi()
            .answer(TARGET, ONE_STEP)
            .answer(TARGET, "{\"Content\":\"one\\n\",\"NextToken\":\"t1\",\"Complete\":false}")
            .answer(TARGET, "{\"Content\":\"oops\\n\",\"Complete\":true}")
            .answer(TARGET, "{\"Content\":\"\",\"NextToken\":\"t1\",\"Complete\":false}")
            .answer(TARGET, "{\"Content\":\"two\\n\",\"Complete\":true,\"Truncated\":true}");

    read(api, true);

    assertThat(out).hasToString("one\ntwo\n");
    assertThat(err.toString()).startsWith("oops\n").contains("more than the server keeps");
    assertThat(pauses).isEqualTo(1);
    assertThat(api.asked().getLast()).contains("\"NextToken\":\"t1\"", "\"PluginName\":\"say\"");
  }

  @Test
  void withoutFollowingItStopsAtWhatThereIs() {
    read(
        new CannedApi()
            .answer(TARGET, ONE_STEP)
            .answer(TARGET, "{\"Content\":\"one\\n\",\"NextToken\":\"t1\",\"Complete\":false}")
            .answer(TARGET, "{\"Content\":\"\",\"NextToken\":\"t1\",\"Complete\":false}"),
        false);

    assertThat(out).hasToString("one\n");
    assertThat(pauses).isZero();
  }

  @Test
  void ofSeveralStepsThoseThatSaidNothingHaveNoHeadline() {
    String nothing = "{\"Content\":\"\",\"Complete\":true}";
    read(
        new CannedApi()
            .answer(TARGET, "{\"PluginNames\":[\"windows\",\"linux\"]}")
            .answer(TARGET, nothing)
            .answer(TARGET, nothing)
            .answer(TARGET, "{\"Content\":\"done\\n\",\"Complete\":true}")
            .answer(TARGET, nothing),
        false);

    assertThat(out).hasToString("== mi-1 linux\ndone\n");
  }
}
