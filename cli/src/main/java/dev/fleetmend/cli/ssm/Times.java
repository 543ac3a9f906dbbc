package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/** Writes an answer's times, on the wire epoch seconds, as the aws CLI shows them: ISO-8601. */
final class Times {
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

  private Times() {}

  static void write(ObjectNode answer, SdkPojo shape) {
    for (SdkField<?> field : shape.sdkFields()) {
      JsonNode value = answer.get(field.locationName());
      if (value == null) {
        continue;
      }
      MarshallingType<?> type = field.marshallingType();
      if (type.equals(MarshallingType.INSTANT) && value.isNumber()) {
        long millis = value.decimalValue().multiply(MILLIS).longValue();
        answer.put(field.locationName(), Instant.ofEpochMilli(millis).toString());
      } else if (type.equals(MarshallingType.SDK_POJO) && value instanceof ObjectNode inner) {
        write(inner, field.constructor().get());
      } else if (type.equals(MarshallingType.LIST) && value instanceof ArrayNode list) {
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        if (member.marshallingType().equals(MarshallingType.SDK_POJO)) {
          for (JsonNode element : list) {
            write((ObjectNode) element, member.constructor().get());
          }
        }
      }
    }
  }
}
