package dev.fleetmend.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;

/** The documents that come with the server, each in version 1. */
final class BuiltInDocuments {
  /** When they were written. */
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private static final Pattern SCRIPT = Pattern.compile("\"([a-z-]+\\.(?:ps1|sh))\"\\s*\\]");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{ ([A-Za-z]+) \\}\\}");

  private static final Map<String, String> FIXED =
      Map.of("Fleetmend-RollbackPatches/Operation", "Uninstall");

  private static final List<String> NAMES =
      List.of(
          "AWS-GatherSoftwareInventory",
          "AWS-Noop",
          "AWS-RunPatchBaseline",
          "AWS-RunPatchBaselineAssociation",
          "AWS-RunPatchBaselineWithHooks",
          "AWS-RunPowerShellScript",
          "AWS-RunShellScript",
          "AWS-UpdateSSMAgent",
          "Fleetmend-RollbackPatches",
          "Fleetmend-RunPatchBaseline");
  private final List<DocumentVersion> documents;

  BuiltInDocuments(DocumentContents contents) {
    this.documents = NAMES.stream().map(name -> load(contents, name)).toList();
  }

  private static DocumentVersion load(DocumentContents contents, String name) {
    String text = withScripts(name, text(name + ".json"));
    ContentSummary summary = contents.check(DocumentType.COMMAND, DocumentFormat.JSON, text);
    return new DocumentVersion(
        name,
        true,
        DocumentType.COMMAND,
        1,
        null,
        null,
        null,
        DocumentFormat.JSON,
        summary.schemaVersion(),
        summary.platformTypes(),
        Objects.requireNonNullElse(summary.description(), ""),
        text,
        DocumentText.sha256(text),
        CREATED,
        1,
        1);
  }

  /**
   * A step whose last line names a script of this folder has that script's lines there. Of what a
   * script asks for, a document has some as parameters, and some are fixed or empty with it.
   */
  private static String withScripts(String name, String text) {
    Object parameters = new DocumentText().read(text, DocumentFormat.JSON).get("parameters");
    Set<?> declared = parameters instanceof Map<?, ?> map ? map.keySet() : Set.of();
    return SCRIPT
        .matcher(text)
        .replaceAll(
            named ->
                Matcher.quoteReplacement(
                    DocumentText.json(script(name, declared, text(named.group(1))).lines().toList())
                        .substring(1)));
  }

  private static String script(String document, Set<?> declared, String script) {
    return PLACEHOLDER
        .matcher(script)
        .replaceAll(
            asked ->
                Matcher.quoteReplacement(
                    declared.contains(asked.group(1))
                        ? asked.group()
                        : FIXED.getOrDefault(document + "/" + asked.group(1), "")));
  }

  private static String text(String file) {
    try (InputStream in =
        Objects.requireNonNull(BuiltInDocuments.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, by name. */
  List<DocumentVersion> all() {
    return documents;
  }

  Optional<DocumentVersion> find(String name) {
    return documents.stream().filter(document -> document.name().equals(name)).findFirst();
  }
}
