package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.declare.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/** Options as the aws CLI takes them, as the JSON of a request. */
final class RequestOptions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "file://";

  private final SdkPojo shape;

  RequestOptions(SdkPojo shape) {
    this.shape = shape;
  }

  /**
   * The request that options make.
   *
   * @param words {@code --name value...} as on the command line
   * @throws IllegalArgumentException with one line on what is wrong
   */
  ObjectNode read(List<String> words) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    for (Option option : split(words)) {
      if (option.name().equals("cli-input-json")) {
        request.setAll(Typed.structure(json(only(option)), shape, "--cli-input-json"));
        continue;
      }
      boolean negated = option.name().startsWith("no-") && option.values().isEmpty();
      String name = negated ? option.name().substring(3) : option.name();
      SdkField<?> field = Typed.member(shape, name).orElseThrow(() -> unknown(option.name()));
      request.set(field.locationName(), value(field, option, negated));
    }
    return request;
  }

  private JsonNode value(SdkField<?> field, Option option, boolean negated) {
    String where = "--" + option.name();
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.BOOLEAN) && option.values().isEmpty()) {
      return JsonNodeFactory.instance.booleanNode(!negated);
    }
    if (option.values().isEmpty()) {
      throw new IllegalArgumentException(where + " needs a value");
    }
    if (!type.equals(MarshallingType.LIST)) {
      return Typed.value(given(field, only(option)), field, where);
    }
    SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (String word : option.values()) {
      JsonNode given =
          word.startsWith("[") || word.startsWith(FILE) ? json(word) : given(member, word);
      if (given instanceof ArrayNode elements) {
        list.addAll(elements);
      } else {
        list.add(given);
      }
    }
    return Typed.value(list, field, where);
  }

  /** One word for a member of such a type: text, JSON or shorthand. */
  private static JsonNode given(SdkField<?> field, String word) {
    MarshallingType<?> type = field.marshallingType();
    if (!type.equals(MarshallingType.SDK_POJO) && !type.equals(MarshallingType.MAP)) {
      return JsonNodeFactory.instance.textNode(word.startsWith(FILE) ? file(word) : word);
    }
    return Shorthand.looksLike(word) ? Shorthand.parse(word) : json(word);
  }

  private static JsonNode json(String word) {
    String text = word.startsWith(FILE) ? file(word) : word;
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "neither JSON nor Key=value: '" + word + "' (" + e.getOriginalMessage() + ")", e);
    }
  }

  private static String file(String word) {
    Path path = Path.of(word.substring(FILE.length()));
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + path + " cannot be read", e);
    }
  }

  private static String only(Option option) {
    if (option.values().size() != 1) {
      throw new IllegalArgumentException("--" + option.name() + " takes one value");
    }
    return option.values().getFirst();
  }

  private static List<Option> split(List<String> words) {
    List<Option> options = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("--") && word.length() > 2) {
        int equals = word.indexOf('=');
        String name = (equals < 0 ? word : word.substring(0, equals)).substring(2);
        Option option = new Option(name.toLowerCase(Locale.ROOT), new ArrayList<>());
        if (equals >= 0) {
          option.values().add(word.substring(equals + 1));
        }
        options.add(option);
      } else if (options.isEmpty()) {
        throw new IllegalArgumentException("'" + word + "' is not an option");
      } else {
        options.getLast().values().add(word);
      }
    }
    return options;
  }

  private IllegalArgumentException unknown(String name) {
    List<String> known =
        shape.sdkFields().stream().map(field -> "--" + kebab(field.locationName())).toList();
    Optional<String> nearest = Spelling.nearest(name, known);
    return new IllegalArgumentException(
        "there is no option --"
            + name
            + ": "
            + nearest
                .map(near -> "did you mean " + near + "?")
                .orElseGet(() -> "there are " + known.stream().collect(Collectors.joining(", "))));
  }

  /** The aws CLI's spelling of a member. */
  static String kebab(String member) {
    return member
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }

  private record Option(String name, List<String> values) {}
}
