package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Single JSON values to what the SDK holds them in. */
final class ScalarReader {
  /** 0001-01-01 to 9999-12-31, in epoch milliseconds. */
  private static final BigDecimal FIRST = BigDecimal.valueOf(-62_135_596_800_000L);

  private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799_999L);

  Object read(JsonNode value, MarshallingType<?> type) {
    if (type.equals(MarshallingType.STRING)) {
      Mismatch.unless(value.isTextual(), value, "a string");
      return value.textValue();
    }
    if (type.equals(MarshallingType.BOOLEAN)) {
      Mismatch.unless(value.isBoolean(), value, "a boolean");
      return value.booleanValue();
    }
    if (type.equals(MarshallingType.INTEGER)) {
      Mismatch.unless(value.isIntegralNumber() && value.canConvertToInt(), value, "an integer");
      return value.intValue();
    }
    if (type.equals(MarshallingType.LONG)) {
      Mismatch.unless(value.isIntegralNumber() && value.canConvertToLong(), value, "a long");
      return value.longValue();
    }
    if (type.equals(MarshallingType.DOUBLE)) {
      Mismatch.unless(value.isNumber(), value, "a double");
      return value.doubleValue();
    }
    if (type.equals(MarshallingType.INSTANT)) {
      return instant(value);
    }
    if (type.equals(MarshallingType.SDK_BYTES)) {
      return bytes(value);
    }
    throw new IllegalStateException("no reading of " + type);
  }

  private static Instant instant(JsonNode value) {
    if (value.isTextual()) {
      try {
        return OffsetDateTime.parse(value.textValue()).toInstant();
      } catch (DateTimeException e) {
        throw Mismatch.of(value, "a timestamp");
      }
    }
    Mismatch.unless(value.isNumber(), value, "a timestamp");
    BigDecimal number = value.decimalValue();
    // A number as 1e999999999 would cost gigabytes if it were written out.
    Mismatch.unless(
        Math.abs((long) number.precision() - number.scale()) < 20, value, "a timestamp");
    BigDecimal millis = number.movePointRight(3);
    Mismatch.unless(
        millis.compareTo(FIRST) >= 0 && millis.compareTo(LAST) <= 0, value, "a timestamp");
    return Instant.ofEpochMilli(millis.longValue());
  }

  private static SdkBytes bytes(JsonNode value) {
    Mismatch.unless(value.isTextual(), value, "a blob");
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(value.textValue()));
    } catch (IllegalArgumentException e) {
      throw Mismatch.of(value, "a blob");
    }
  }
}
