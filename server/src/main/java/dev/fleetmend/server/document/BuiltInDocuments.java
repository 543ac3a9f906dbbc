package dev.fleetmend.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The documents that come with the server, each in version 1. */
public final class BuiltInDocuments implements Documents {
  private static final String VERSION = "1";
  private final List<CommandDocument> documents;

  public BuiltInDocuments() {
    DocumentParser parser = new DocumentParser();
    documents =
        List.of(
            load(parser, "AWS-RunPatchBaseline", List.of("Linux")),
            load(parser, "AWS-RunPowerShellScript", List.of("Windows", "Linux", "MacOS")),
            load(parser, "AWS-RunShellScript", List.of("Linux", "MacOS")));
  }

  private static CommandDocument load(
      DocumentParser parser, String name, List<String> platformTypes) {
    try (InputStream in =
        Objects.requireNonNull(BuiltInDocuments.class.getResourceAsStream(name + ".json"), name)) {
      return parser.parse(name, VERSION, platformTypes, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<CommandDocument> all() {
    return documents;
  }

  @Override
  public CommandDocument find(String nameOrArn, @Nullable String version) {
    String name =
        nameOrArn.startsWith("arn:")
            ? nameOrArn.substring(nameOrArn.lastIndexOf("document/") + "document/".length())
            : nameOrArn;
    CommandDocument document =
        documents.stream()
            .filter(d -> d.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvalidDocument", "Document with name " + name + " does not exist."));
    if (version != null && !List.of(VERSION, "$DEFAULT", "$LATEST").contains(version)) {
      throw new ApiException(
          "InvalidDocumentVersion",
          "Document version " + version + " does not exist for document " + name + ".");
    }
    return document;
  }
}
