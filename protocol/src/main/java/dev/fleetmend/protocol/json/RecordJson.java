package dev.fleetmend.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON and back, so that node and server share one spelling of every message.
 *
 * <p>A component may be a String, a boolean, an int, a long, a double, their boxes, an enum, a
 * record, a List or a Map from String of these, or Object for any JSON value. Null is left out when
 * written. When read, unknown members are passed over; an absent List or Map is empty, an absent
 * String is empty unless the component is {@code @Nullable}, an absent number is 0, an absent
 * boolean false, and a null among any JSON values is passed over. Input of another shape is a
 * {@link MalformedJsonException}.
 */
public final class RecordJson {
  /** Deep or long-named input is refused before it costs anything. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxNameLength(1_000).build())
          .build();

  private final Naming naming;
  private final RecordShapes shapes = new RecordShapes();

  public RecordJson(Naming naming) {
    this.naming = naming;
  }

  /** The record as UTF-8 JSON, members in the order of its components. */
  public byte[] write(Record value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writeRecord(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Any value that a component may hold, as JSON text. */
  public String text(Object value) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writeValue(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /**
   * Reads one record.
   *
   * @throws MalformedJsonException when the text is not JSON of that record's shape
   */
  public <T extends Record> T read(byte[] json, Class<T> type) {
    try {
      return read(new ByteArrayInputStream(json), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads one record from a stream.
   *
   * @throws MalformedJsonException when the text is not JSON of that record's shape
   * @throws IOException when the stream breaks
   */
  public <T extends Record> T read(InputStream json, Class<T> type) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      require(parser, parser.nextToken(), JsonToken.START_OBJECT, type.getSimpleName());
      T value = type.cast(readRecord(parser, type));
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("text after the end of " + type.getSimpleName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException("not JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * Reads any JSON object: texts, numbers, truth values, lists and maps of these, without the
   * members that are null.
   *
   * @throws MalformedJsonException when the text is no JSON object, or has a null in a list
   */
  public static Map<String, Object> readObject(String json) {
    RecordJson any = new RecordJson(Naming.CAMEL);
    try (JsonParser parser = FACTORY.createParser(json)) {
      Map<String, Object> object =
          any.readMap(parser, parser.nextToken(), Object.class, "the text");
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("text after the end of the object");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeRecord(JsonGenerator out, Record value) throws IOException {
    out.writeStartObject();
    for (RecordShape.Member member : shapes.of(value.getClass()).members()) {
      Object component = member.get(value);
      if (component != null) {
        out.writeFieldName(naming.member(member.name()));
        writeValue(out, component);
      }
    }
    out.writeEndObject();
  }

  private void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Enum<?> constant -> out.writeString(constant.name());
      case Record inner -> writeRecord(out, inner);
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          writeValue(out, element);
        }
        out.writeEndArray();
      }
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeFieldName((String) entry.getKey());
          writeValue(out, entry.getValue());
        }
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private Record readRecord(JsonParser in, Class<?> type) throws IOException {
    RecordShape shape = shapes.of(type);
    @Nullable Object[] values = shape.absent();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      int index = shape.indexOf(in.currentName(), naming);
      JsonToken token = in.nextToken();
      if (index < 0) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        RecordShape.Member member = shape.members().get(index);
        values[index] = readValue(in, token, member.type(), member.name());
      }
    }
    return shape.create(values);
  }

  private Object readValue(JsonParser in, JsonToken token, Type type, String where)
      throws IOException {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? readMap(in, token, arguments[1], where)
          : readList(in, token, arguments[0], where);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Object.class) {
      return readAny(in, token);
    }
    if (plain.isRecord()) {
      require(in, token, JsonToken.START_OBJECT, where);
      return readRecord(in, plain);
    }
    return readScalar(in, token, plain, where);
  }

  private static Object readScalar(JsonParser in, JsonToken token, Class<?> type, String where)
      throws IOException {
    if (type == boolean.class || type == Boolean.class) {
      if (!token.isBoolean()) {
        throw wrong(where, token);
      }
      return in.getBooleanValue();
    }
    if (type == int.class || type == Integer.class) {
      require(in, token, JsonToken.VALUE_NUMBER_INT, where);
      return in.getIntValue();
    }
    if (type == long.class || type == Long.class) {
      require(in, token, JsonToken.VALUE_NUMBER_INT, where);
      return in.getLongValue();
    }
    if (type == double.class || type == Double.class) {
      if (!token.isNumeric()) {
        throw wrong(where, token);
      }
      return in.getDoubleValue();
    }
    require(in, token, JsonToken.VALUE_STRING, where);
    return type.isEnum() ? constant(type, in.getText(), where) : in.getText();
  }

  private static Object constant(Class<?> type, String name, String where) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new MalformedJsonException(where + " has no value " + name);
  }

  private List<Object> readList(JsonParser in, JsonToken token, Type element, String where)
      throws IOException {
    require(in, token, JsonToken.START_ARRAY, where);
    List<Object> list = new ArrayList<>();
    for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      list.add(readValue(in, next, element, where));
    }
    return list;
  }

  private Map<String, Object> readMap(JsonParser in, JsonToken token, Type value, String where)
      throws IOException {
    require(in, token, JsonToken.START_OBJECT, where);
    Map<String, Object> map = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      JsonToken next = in.nextToken();
      if (next != JsonToken.VALUE_NULL || value != Object.class) {
        map.put(name, readValue(in, next, value, where));
      }
    }
    return map;
  }

  private Object readAny(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> readMap(in, token, Object.class, "object");
      case START_ARRAY -> readList(in, token, Object.class, "array");
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
      default -> throw wrong("a list or map", token);
    };
  }

  private static void require(
      JsonParser in, @Nullable JsonToken found, JsonToken wanted, String where) throws IOException {
    if (found != wanted) {
      throw wrong(where, found == null ? in.currentToken() : found);
    }
  }

  private static MalformedJsonException wrong(String where, @Nullable JsonToken found) {
    return new MalformedJsonException(where + " cannot be " + found);
  }
}
