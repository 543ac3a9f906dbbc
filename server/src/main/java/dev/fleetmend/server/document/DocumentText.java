package dev.fleetmend.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.fleetmend.api.ApiException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

/** A document's text, JSON or YAML, as a tree and back. */
final class DocumentText {
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(100).build();

  private static final ObjectMapper PLAIN = JsonMapper.builder().build();

  private final ObjectMapper json =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(BOUNDS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();
  private final ObjectMapper yaml =
      new ObjectMapper(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(BOUNDS)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * The text as a tree of maps, lists, texts, numbers and truth values, without nulls: a member
   * that is null is left out, an empty line of a YAML list is an empty text.
   *
   * @throws ApiException InvalidDocumentContent where it is no object of that format
   */
  Map<String, Object> read(String text, DocumentFormat format) {
    try {
      Map<String, @Nullable Object> read = mapper(format).readValue(text, OBJECT);
      if (read == null) {
        throw new ApiException("InvalidDocumentContent", "The content is empty.");
      }
      return object(read);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new ApiException(
          "InvalidDocumentContent",
          "The content is not a "
              + format
              + " object: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + (at == null ? "" : " (line %d)".formatted(at.getLineNr())));
    } catch (StackOverflowError e) {
      throw new ApiException("InvalidDocumentContent", "The content is nested too deeply.");
    }
  }

  /** The text in another format; the same text where it is that already, or plain text. */
  String convert(String text, DocumentFormat from, DocumentFormat to) {
    if (from == to || from == DocumentFormat.TEXT || to == DocumentFormat.TEXT) {
      return text;
    }
    try {
      return mapper(to).writeValueAsString(read(text, from));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }

  /** A list or map as JSON text. */
  static String json(Object value) {
    try {
      return PLAIN.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read from JSON can be written", e);
    }
  }

  /** Hex SHA-256 of the text in UTF-8. */
  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private ObjectMapper mapper(DocumentFormat format) {
    return format == DocumentFormat.YAML ? yaml : json;
  }

  private static Map<String, Object> object(Map<?, ?> read) {
    Map<String, Object> object = new LinkedHashMap<>();
    read.forEach(
        (name, value) -> {
          if (value != null) {
            object.put(String.valueOf(name), withoutNulls(value));
          }
        });
    return object;
  }

  /** Without nulls: a member that is null is left out, an element becomes an empty text. */
  static Object withoutNulls(@Nullable Object read) {
    return switch (read) {
      case null -> "";
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        List<Object> values = new ArrayList<>();
        list.forEach(element -> values.add(withoutNulls(element)));
        yield values;
      }
      case BigInteger number -> throw tooLarge(number);
      case BigDecimal number -> throw tooLarge(number);
      default -> read;
    };
  }

  private static ApiException tooLarge(Number number) {
    return new ApiException(
        "InvalidDocumentContent", "The number " + number + " is too large; write it as text.");
  }
}
