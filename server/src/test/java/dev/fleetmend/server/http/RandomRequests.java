package dev.fleetmend.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Requests of an operation's shape, with likely, unlikely and hostile values in them. */
final class RandomRequests {
  private static final int DEEPEST = 4;
  private static final List<String> TEXTS =
      List.of(
          "",
          "abc",
          "web-servers",
          "pb-0c10e657807c7a700",
          "arn:aws:ssm:us-east-1:075727635805:patchbaseline/pb-09a5f8eb62bde80b1",
          "mi-0a1b2c3d4e5f60718",
          "mw-0a1b2c3d4e5f60718",
          "0f1e2d3c-1111-4a4a-9b9b-0123456789ab",
          "AWS-RunPatchBaseline",
          "DEBIAN",
          "Operation",
          "Scan",
          "InstanceIds",
          "tag:Patch Group",
          "PRIORITY",
          "PRODUCT",
          "OWNER",
          "NAME_PREFIX",
          "PatchBaseline",
          "ManagedInstance",
          "RUN_COMMAND",
          "cron(0 2 ? * SUN *)",
          "rate(1 minute)",
          "2026-11-23",
          "Europe/Berlin",
          "MToxMjM",
          "1",
          "100%",
          "$LATEST",
          "'; DROP TABLE node; --",
          "../../etc/passwd",
          "%s%n%",
          "\u0000\ud800",
          "\ud83d\ude00",
          "x".repeat(5_000));
  private static final List<Long> NUMBERS =
      List.of(0L, 1L, 5L, 30L, 360L, -1L, 1_795_428_000L, (long) Integer.MAX_VALUE, Long.MIN_VALUE);

  private final Random random;

  RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  ObjectNode of(SdkPojo structure) {
    return of(structure, 0);
  }

  private ObjectNode of(SdkPojo structure, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : structure.sdkFields()) {
      if (random.nextInt(3) > 0) {
        object.set(field.locationName(), value(field, depth + 1));
      }
    }
    return object;
  }

  private JsonNode value(SdkField<?> field, int depth) {
    MarshallingType<?> type = field.marshallingType();
    int dice = random.nextInt(60);
    if (dice == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (dice == 1) {
      return JsonNodeFactory.instance.textNode("of another type");
    }
    if (type.equals(MarshallingType.STRING)) {
      return JsonNodeFactory.instance.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    if (type.equals(MarshallingType.BOOLEAN)) {
      return JsonNodeFactory.instance.booleanNode(random.nextBoolean());
    }
    if (type.equals(MarshallingType.SDK_BYTES)) {
      return JsonNodeFactory.instance.textNode("aGk=");
    }
    if (type.equals(MarshallingType.SDK_POJO)) {
      return depth > DEEPEST
          ? JsonNodeFactory.instance.objectNode()
          : of(field.constructor().get(), depth);
    }
    if (type.equals(MarshallingType.LIST)) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (int i = random.nextInt(3); i > 0; i--) {
        list.add(value(field.getTrait(ListTrait.class).memberFieldInfo(), depth + 1));
      }
      return list;
    }
    if (type.equals(MarshallingType.MAP)) {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      map.set(
          TEXTS.get(random.nextInt(TEXTS.size())),
          value(field.getTrait(MapTrait.class).valueFieldInfo(), depth + 1));
      return map;
    }
    return JsonNodeFactory.instance.numberNode(NUMBERS.get(random.nextInt(NUMBERS.size())));
  }
}
