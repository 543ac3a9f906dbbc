package dev.fleetmend.cli.declare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** YAML or JSON text as values that know their lines. */
final class DeclarativeFile {
  private static final int MAX_CHARACTERS = 1_000_000;
  private static final int MAX_DEPTH = 40;

  private final Source source;
  private final JsonParser parser;

  private DeclarativeFile(Source source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /** The documents of a file; several stand one after another, divided by {@code ---}. */
  static List<Value> read(Source source, String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw source.refuse(1, "the file is longer than " + MAX_CHARACTERS + " characters");
    }
    List<Value> documents = new ArrayList<>();
    try (JsonParser parser = parser(text)) {
      DeclarativeFile file = new DeclarativeFile(source, parser);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        documents.add(file.value(token));
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw source.refuse(line, "cannot be read: " + reason);
    } catch (IOException e) {
      throw source.refuse(1, "cannot be read: " + e.getMessage());
    }
    return documents;
  }

  /** JSON has its own parser: YAML's refuses the tabs that JSON may be indented with. */
  private static JsonParser parser(String text) throws IOException {
    String start = text.stripLeading();
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    if (start.startsWith("{") || start.startsWith("[")) {
      return JsonFactory.builder().streamReadConstraints(limits).build().createParser(text);
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(limits)
        .build()
        .createParser(text);
  }

  private Value value(@Nullable JsonToken token) throws IOException {
    int line = line();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw source.refuse(line, "an alias (*" + parser.getText() + ") is not taken; write it out");
    }
    if (token == JsonToken.START_ARRAY) {
      List<Value> values = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        values.add(value(next));
      }
      return new Value.Items(List.copyOf(values), line);
    }
    if (token == JsonToken.START_OBJECT) {
      List<Value.Member> members = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        int keyLine = line();
        String key = parser.currentName();
        members.add(new Value.Member(key, keyLine, value(parser.nextToken())));
      }
      return new Value.Members(List.copyOf(members), line);
    }
    return new Value.Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getText(), line);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
