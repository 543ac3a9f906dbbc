package dev.fleetmend.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  enum Colour {
    RED
  }

  record Inner(String name, long size) {}

  record Outer(
      String id,
      @Nullable String note,
      boolean flag,
      Colour colour,
      List<Inner> inners,
      Map<String, List<String>> lists) {}

  private final RecordJson json = new RecordJson(Naming.PASCAL);

  @Test
  void whatIsWrittenIsReadBack() {
    Outer value =
        new Outer(
            "a\"b",
            null,
            true,
            Colour.RED,
            List.of(new Inner("x", 1L << 40)),
            Map.of("k", List.of("v", "w")));

    byte[] text = json.write(value);

    assertThat(new String(text, UTF_8))
        .isEqualTo(
            "{\"Id\":\"a\\\"b\",\"Flag\":true,\"Colour\":\"RED\","
                + "\"Inners\":[{\"Name\":\"x\",\"Size\":1099511627776}],\"Lists\":{\"k\":[\"v\",\"w\"]}}");
    assertThat(json.read(text, Outer.class)).isEqualTo(value);
  }

  @Test
  void absentMembersAreEmptyAndUnknownOnesArePassedOver() {
    Outer value = json.read("{\"New\":{\"deep\":[1]},\"Id\":\"i\"}".getBytes(UTF_8), Outer.class);

    assertThat(value.note()).isNull();
    assertThat(value.inners()).isEmpty();
    assertThat(value.flag()).isFalse();
  }

  @Test
  void anotherShapeIsRefusedByNameOfTheMember() {
    assertThatThrownBy(() -> json.read("{\"Inners\":{}}".getBytes(UTF_8), Outer.class))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("inners");
    assertThatThrownBy(() -> json.read("{\"Colour\":\"BLUE\"}".getBytes(UTF_8), Outer.class))
        .hasMessageContaining("colour has no value BLUE");
    assertThatThrownBy(() -> json.read("{\"Id\":\"a\"".getBytes(UTF_8), Outer.class))
        .isInstanceOf(MalformedJsonException.class);
  }
}
