package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;

class CommandDocumentTest {
  private final DocumentContents contents = new DocumentContents(64 * 1024);
  private final CommandDocument shell = builtIn("AWS-RunShellScript");
  private final CommandDocument patch = builtIn("AWS-RunPatchBaseline");

  private CommandDocument builtIn(String name) {
    return contents.command(new BuiltInDocuments(contents).find(name).orElseThrow());
  }

  @Test
  void parametersReachTheAgentInTheTypeTheDocumentDeclares() {
    assertThat(
            shell.accept(
                Map.of("commands", List.of("a", "b"), "workingDirectory", List.of("/tmp"))))
        .isEqualTo(Map.of("commands", List.of("a", "b"), "workingDirectory", "/tmp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS-GatherSoftwareInventory",
        "AWS-RunPatchBaseline",
        "AWS-RunPatchBaselineAssociation",
        "AWS-RunPatchBaselineWithHooks",
        "AWS-UpdateSSMAgent",
        "Fleetmend-RollbackPatches"
      })
  void agentsOfOthersFetchTheWorkerForOurDocuments(String name) {
    String content = builtIn(name).content().toString();

    assertThat(content).contains("fleetmend-agent\" guest --command").doesNotContain("worker.sh");
    assertThat(builtIn(name).runsOn("Linux")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS-GatherSoftwareInventory",
        "AWS-Noop",
        "AWS-RunPatchBaseline",
        "AWS-RunPatchBaselineAssociation",
        "AWS-RunPatchBaselineWithHooks",
        "AWS-RunPowerShellScript",
        "AWS-RunShellScript",
        "AWS-UpdateSSMAgent",
        "Fleetmend-RollbackPatches",
        "Fleetmend-RunPatchBaseline"
      })
  void theDocumentsThatComeWithTheServerAreOfPlainLettersAndAskForTheirOwnParametersOnly(
      String name) {
    CommandDocument document = builtIn(name);
    String content = document.content().toString();

    assertThat(content).matches(Pattern.compile("\\p{ASCII}*", Pattern.DOTALL));
    assertThat(
            Pattern.compile("\\{\\{ (\\w+) \\}\\}").matcher(content).results().map(r -> r.group(1)))
        .isSubsetOf(document.parameters().stream().map(ParameterDefinition::name).toList());
    if (!name.startsWith("AWS-Run") || name.contains("Patch")) {
      assertThat(document.platformTypes()).containsExactly("Windows", "Linux", "MacOS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS-RunPatchBaseline",
        "AWS-RunPatchBaselineAssociation",
        "Fleetmend-RunPatchBaseline"
      })
  void aUrlEndsNoQuoteOfAnyShell(String name) {
    for (String mark : List.of("'", "\"", "`", "$", " ", "\u2018", "\u2019", "\u201c")) {
      assertThatThrownBy(
              () ->
                  builtIn(name)
                      .accept(
                          Map.of(
                              "Operation",
                              List.of("Install"),
                              "InstallOverrideList",
                              List.of("https://patch.example/a" + mark + "b"))))
          .hasMessageContaining("InstallOverrideList");
    }
  }

  @Test
  void anUnknownParameterIsRefusedAndTheKnownOnesAreNamed() {
    assertThatThrownBy(() -> shell.accept(Map.of("comands", List.of("a"))))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("comands")
        .hasMessageContaining("commands, workingDirectory, executionTimeout");
  }

  @Test
  void aMissingParameterIsNamed() {
    assertThatThrownBy(() -> patch.accept(Map.of()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("Operation");
  }

  @Test
  void aValueOutsideTheAllowedOnesIsRefused() {
    assertThatThrownBy(() -> patch.accept(Map.of("Operation", List.of("scan"))))
        .hasMessageContaining("must be one of Scan, Install, Uninstall");
    assertThatThrownBy(() -> patch.accept(Map.of("Operation", List.of("Scan", "Install"))))
        .hasMessageContaining("takes one value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "172801", "1e3", "", "10; reboot", "999999"})
  void aTimeoutThatIsNoneIsRefused(String value) {
    Map<String, List<String>> given =
        Map.of("commands", List.of("a"), "executionTimeout", List.of(value));

    assertThatThrownBy(() -> shell.accept(given)).hasMessageContaining("executionTimeout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://a/$(reboot)",
        "http://a/`x`",
        "https://a/'b",
        "nonsense",
        "https://a b"
      })
  void anOverrideIsAUrlWithoutShellCharacters(String value) {
    Map<String, List<String>> given =
        Map.of("Operation", List.of("Install"), "InstallOverrideList", List.of(value));

    assertThatThrownBy(() -> patch.accept(given)).hasMessageContaining("InstallOverrideList");
  }

  @Test
  void theExecutionTimeoutFollowsTheParameter() {
    assertThat(shell.executionTimeout(Map.of())).isEqualTo(Duration.ofHours(1));
    assertThat(shell.executionTimeout(Map.of("executionTimeout", "60")))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(shell.executionTimeout(Map.of("executionTimeout", "3")))
        .isEqualTo(Duration.ofHours(1));
    assertThat(patch.executionTimeout(Map.of())).isEqualTo(Duration.ofHours(2));
  }

  private static CommandDocument own(String parameter) {
    String text =
        "{\"schemaVersion\":\"2.2\",\"parameters\":{\"p\":%s},\"mainSteps\":[{\"action\":\"aws:runShellScript\",\"name\":\"s\",\"inputs\":{\"runCommand\":[\"echo\"]}}]}"
            .formatted(parameter);
    return CommandContent.read("d", "1", "", new DocumentText().read(text, DocumentFormat.JSON));
  }

  private static @Nullable Object accept(CommandDocument document, String... values) {
    return document.accept(Map.of("p", List.of(values))).get("p");
  }

  @Test
  void everyTypeOfParameterReachesTheAgentAsItself() {
    assertThat(accept(own("{'type':'Boolean'}".replace('\'', '"')), "true")).isEqualTo(true);
    assertThat(accept(own("{'type':'Integer'}".replace('\'', '"')), "-7")).isEqualTo(-7L);
    assertThat(
            accept(own("{'type':'StringMap'}".replace('\'', '"')), "{\"a\": \"b\", \"n\": null}"))
        .isEqualTo(Map.of("a", "b"));
    assertThat(accept(own("{'type':'MapList'}".replace('\'', '"')), "{\"a\":1}", "{\"b\":2}"))
        .isEqualTo(List.of(Map.of("a", 1), Map.of("b", 2)));
    assertThat(accept(own("{'type':'MapList'}".replace('\'', '"')), "[{\"a\":1}]"))
        .isEqualTo(List.of(Map.of("a", 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'Boolean'}|yes|true or false",
        "{'type':'Integer'}|1.5|a whole number",
        "{'type':'StringMap'}|[1]|a JSON object",
        "{'type':'MapList'}|{|JSON objects",
        "{'type':'String','minChars':3}|ab|3 to",
        "{'type':'String','maxChars':1}|ab|0 to 1 characters",
        "{'type':'StringList','minItems':2}|ab|takes 2 to",
        "{'type':'Integer','allowedValues':[1,2]}|3|must be one of 1, 2",
        "{'type':'StringList','allowedValues':['a']}|b|must be one of a",
        "{'type':'String','allowedPattern':'^[a-c]+$'}|abd|has value \"abd\" not matching \"^[a-c]+$\""
      })
  void whatTheDeclarationDoesNotAllowIsRefused(String parameter, String value, String why) {
    CommandDocument document = own(parameter.replace('\'', '"'));

    assertThatThrownBy(() -> accept(document, value))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameters"))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'Text'}|its type must be String",
        "{'type':'Integer','default':'1'}|its default must be a whole number",
        "{'type':'String','default':'x','allowedValues':['a']}|its default does not fit",
        "{'type':'String','allowedPattern':'['}|allowedPattern is no pattern",
        "{'type':'String','maxChars':'9'}|maxChars must be a whole number",
        "{'type':'StringList','interpolationType':'ENV_VAR'}|interpolationType is for parameters of type String"
      })
  void aDeclarationThatMakesNoSenseIsRefused(String parameter, String why) {
    assertThatThrownBy(() -> own(parameter.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("InvalidDocumentContent"))
        .hasMessageContaining(why);
  }
}
