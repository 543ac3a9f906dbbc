package dev.fleetmend.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void jsonStaysJsonAndFlatRowsTakeOneLine() throws JsonProcessingException {
    String text = "{\"A\":[{\"B\":1,\"C\":\"x\\\"y\"},{\"D\":[1,2],\"E\":{}}],\"F\":null}";
    String printed = Answer.JSON.print(json(text));
    assertThat(json(printed)).isEqualTo(json(text));
    assertThat(printed).contains("        {\"B\": 1, \"C\": \"x\\\"y\"},\n");
  }

  @Test
  void aTableShowsTheOnlyListOfAnAnswer() throws JsonProcessingException {
    assertThat(Answer.TABLE.print(json("{\"L\":[{\"A\":1},{\"B\":[true]}]}")))
        .isEqualTo("A  B\n1\n   [true]\n");
  }

  @Test
  void whatNodesSayCannotSteerATerminal() throws JsonProcessingException {
    JsonNode node = json("[{\"Name\":\"a\\u001b[2Jb\\u202e\\n\"}]");
    assertThat(Answer.TABLE.print(node)).isEqualTo("Name\na\uFFFD[2Jb\uFFFD\uFFFD\n");
    assertThat(Answer.TEXT.print(node)).doesNotContain("\u001b");
  }

  @Test
  void aTerminalGetsTablesAndAPipeGetsJson() throws JsonProcessingException {
    assertThat(Answer.suited(json("[{\"A\":1}]"), true)).isEqualTo(Answer.TABLE);
    assertThat(Answer.suited(json("[{\"A\":1}]"), false)).isEqualTo(Answer.JSON);
    assertThat(Answer.suited(json("{\"A\":1}"), true)).isEqualTo(Answer.JSON);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
