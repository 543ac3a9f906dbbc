package dev.fleetmend.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final Frame FRAME =
      Frame.of(
          FrameType.AGENT_JOB_ACK,
          Instant.ofEpochMilli(0x0102030405L),
          UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
          "{\"a\":\"ä\"}");

  @Test
  void everyFieldStandsWhereAgentsLookForIt() {
    byte[] bytes = FRAME.encode().array();

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "00000074"
                + "6167656e745f6a6f625f61636b20202020202020202020202020202020202020"
                + "00000001"
                + "0000000102030405"
                + "0000000000000000"
                + "0000000000000000"
                + "8899aabbccddeeff"
                + "0011223344556677"
                + "46e7684c4b1944115e7f227c9f2d1275a3edf7806a40d523d1c77e0df97b3432"
                + "00000000"
                + "0000000a"
                + "7b2261223a22c3a4227d");
  }

  @Test
  void aFrameIsReadAsItWasWritten() throws Exception {
    Frame odd = new Frame("x", Instant.ofEpochMilli(1), 7, 3, UUID.randomUUID(), "");

    assertThat(Frame.decode(FRAME.encode())).isEqualTo(FRAME);
    assertThat(Frame.decode(odd.encode())).isEqualTo(odd);
  }

  @Test
  void aTypePaddedWithNulsAndALongerHeaderAreRead() throws Exception {
    ByteBuffer plain = FRAME.encode();
    ByteBuffer longer = ByteBuffer.allocate(plain.limit() + 8);
    longer.put(plain.slice(0, 116)).putLong(0).put(plain.slice(116, plain.limit() - 116)).flip();
    longer.putInt(0, 124);
    for (int i = 17; i < 36; i++) {
      longer.put(i, (byte) 0);
    }

    assertThat(Frame.decode(longer)).isEqualTo(FRAME);
  }

  @Test
  void whatIsNoFrameIsRefusedAndSaysWhy() {
    refused(ByteBuffer.allocate(0), "too few");
    refused(FRAME.encode().slice(0, 119), "too few");
    refused(FRAME.encode().putInt(0, 115), "header");
    refused(FRAME.encode().putInt(0, Integer.MAX_VALUE), "header");
    refused(FRAME.encode().putInt(0, -1), "header");
    refused(FRAME.encode().putInt(36, 2), "schema version 2");
    refused(FRAME.encode().putInt(116, 11), "said to have 11");
    refused(FRAME.encode().putInt(116, -10), "said to have -10");
    refused(FRAME.encode().put(121, (byte) 'x'), "digest");
  }

  @Test
  void noBytesAreTooHostile() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      ByteBuffer bytes = FRAME.encode();
      for (int change = 0; change < 3; change++) {
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
      }
      try {
        assertThat(Frame.decode(bytes).payload()).isEqualTo(FRAME.payload());
      } catch (MalformedFrameException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private static void refused(ByteBuffer bytes, String why) {
    assertThatThrownBy(() -> Frame.decode(bytes))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining(why);
  }
}
