package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.AccessTable;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.operation.Role;
import dev.fleetmend.server.quota.Quotas;
import dev.fleetmend.server.tag.TagDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.AttachmentsSource;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentPermissionRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentPermissionResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;
import software.amazon.awssdk.services.ssm.model.DocumentReviewCommentSource;
import software.amazon.awssdk.services.ssm.model.DocumentReviews;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentMetadataHistoryRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentMetadataHistoryResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentVersionsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentVersionsResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;
import software.amazon.awssdk.services.ssm.model.ModifyDocumentPermissionRequest;
import software.amazon.awssdk.services.ssm.model.ModifyDocumentPermissionResponse;
import software.amazon.awssdk.services.ssm.model.SsmRequest;
import software.amazon.awssdk.services.ssm.model.Tag;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentMetadataRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentMetadataResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentResponse;

class DocumentsTest {
  private static final software.amazon.awssdk.services.ssm.model.DocumentFilter OWN =
      software.amazon.awssdk.services.ssm.model.DocumentFilter.builder()
          .key("Owner")
          .value("Self")
          .build();
  private static final String YAML =
      """
      schemaVersion: '2.2'
      description: Says something.
      parameters:
        words:
          type: StringList
          description: What to say.
          default: [hello]
      mainSteps:
        - action: aws:runShellScript
          name: say
          precondition:
            StringEquals: [platformType, Linux]
          inputs:
            runCommand:
              - echo {{ words }}
              -
              - 'true'
      """;

  @TempDir Path folder;
  private @Nullable TestServer started;

  @AfterEach
  void close() {
    if (started != null) {
      started.close();
    }
  }

  private void start(Databases engine) {
    started = TestServer.start(engine, folder);
  }

  private TestServer server() {
    return Objects.requireNonNull(started);
  }

  private static String echo(String text) {
    return """
    {"schemaVersion": "2.2", "description": "Echo",
     "mainSteps": [{"action": "aws:runShellScript", "name": "echo",
                    "inputs": {"runCommand": ["echo %s"]}}]}"""
        .formatted(text);
  }

  private static CreateDocumentRequest.Builder document(String name, String content) {
    return CreateDocumentRequest.builder().name(name).content(content);
  }

  private DocumentDescription create(CreateDocumentRequest.Builder request) {
    return server().call(request.build(), CreateDocumentResponse.class).documentDescription();
  }

  private DocumentDescription update(String name, String content, @Nullable String versionName) {
    return server()
        .call(
            UpdateDocumentRequest.builder()
                .name(name)
                .content(content)
                .versionName(versionName)
                .documentVersion("$LATEST")
                .build(),
            UpdateDocumentResponse.class)
        .documentDescription();
  }

  private DocumentDescription describe(String name, @Nullable String version) {
    return server()
        .call(
            DescribeDocumentRequest.builder().name(name).documentVersion(version).build(),
            DescribeDocumentResponse.class)
        .document();
  }

  private GetDocumentResponse get(GetDocumentRequest.Builder request) {
    return server().call(request.build(), GetDocumentResponse.class);
  }

  private void delete(DeleteDocumentRequest.Builder request) {
    server().call(request.build(), DeleteDocumentResponse.class);
  }

  private List<String> list(String key, String... values) {
    return server()
        .call(
            ListDocumentsRequest.builder()
                .filters(DocumentKeyValuesFilter.builder().key(key).values(values).build())
                .build(),
            ListDocumentsResponse.class)
        .documentIdentifiers()
        .stream()
        .map(DocumentIdentifier::name)
        .toList();
  }

  private void share(String name, List<String> add, List<String> remove) {
    server()
        .call(
            ModifyDocumentPermissionRequest.builder()
                .name(name)
                .permissionType("Share")
                .accountIdsToAdd(add)
                .accountIdsToRemove(remove)
                .build(),
            ModifyDocumentPermissionResponse.class);
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aDocumentLivesThroughItsVersions(Databases engine) {
    start(engine);

    DocumentDescription created =
        create(
            document("Say", echo("one"))
                .versionName("first")
                .displayName("Say it")
                .tags(Tag.builder().key("team").value("ops").build()));
    DocumentDescription updated = update("Say", echo("two"), "second");

    assertThat(created.statusAsString()).isEqualTo("Creating");
    assertThat(created.hash())
        .isEqualTo(DocumentText.sha256(echo("one")))
        .isEqualTo(describe("Say", null).hash());
    assertThat(updated.statusAsString()).isEqualTo("Updating");
    assertThat(
            List.of(updated.documentVersion(), updated.defaultVersion(), updated.latestVersion()))
        .containsExactly("2", "1", "2");
    assertThat(get(GetDocumentRequest.builder().name("Say")).content()).isEqualTo(echo("one"));
    assertThat(get(GetDocumentRequest.builder().name("Say").documentVersion("$LATEST")).content())
        .isEqualTo(echo("two"));
    assertThat(
            get(GetDocumentRequest.builder().name("Say").versionName("second")).documentVersion())
        .isEqualTo("2");

    assertThat(
            server()
                .call(
                    UpdateDocumentDefaultVersionRequest.builder()
                        .name("Say")
                        .documentVersion("2")
                        .build(),
                    UpdateDocumentDefaultVersionResponse.class)
                .description()
                .defaultVersionName())
        .isEqualTo("second");
    DocumentDescription now = describe("arn:aws:ssm:us-east-1:000000000000:document/Say", null);
    assertThat(now.documentVersion()).isEqualTo("2");
    assertThat(now.displayName()).isEqualTo("Say it");
    assertThat(now.owner()).isEqualTo("000000000000");
    assertThat(now.tags()).containsExactly(Tag.builder().key("team").value("ops").build());
    ListDocumentVersionsResponse versions =
        server()
            .call(
                ListDocumentVersionsRequest.builder().name("Say").build(),
                ListDocumentVersionsResponse.class);
    assertThat(versions.documentVersions())
        .extracting(version -> version.documentVersion() + " " + version.isDefaultVersion())
        .containsExactly("2 true", "1 false");

    delete(DeleteDocumentRequest.builder().name("Say").versionName("first"));
    assertRefused("InvalidDocumentVersion", () -> describe("Say", "1"));
    assertThat(update("Say", echo("one"), "first").documentVersion()).isEqualTo("3");
    assertRefused(
        "InvalidDocumentOperation",
        () -> delete(DeleteDocumentRequest.builder().name("Say").documentVersion("2")));
    delete(DeleteDocumentRequest.builder().name("Say"));
    assertRefused("InvalidDocument", () -> describe("Say", null));
    assertThat(list("tag:team", "ops")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void namesContentsAndVersionNamesAreNotGivenTwice(Databases engine) {
    start(engine);
    create(document("Once", echo("one")).versionName("v1"));

    assertRefused("DocumentAlreadyExists", () -> create(document("Once", echo("other"))));
    assertRefused("DuplicateDocumentContent", () -> update("Once", echo("one"), "v2"));
    assertRefused("DuplicateDocumentVersionName", () -> update("Once", echo("two"), "v1"));
    assertRefused(
        "InvalidDocumentVersion",
        () ->
            server()
                .call(
                    UpdateDocumentRequest.builder()
                        .name("Once")
                        .content(echo("two"))
                        .documentVersion("7")
                        .build(),
                    UpdateDocumentResponse.class));
    assertRefused("InvalidDocument", () -> update("Never", echo("two"), "v2"));
    assertThat(describe("Once", "$LATEST").documentVersion()).isEqualTo("1");
  }

  @Test
  void yamlIsKeptAsItIsAndShownAsJsonToWhoAsks() {
    start(Databases.SQLITE);
    create(document("Yaml", YAML).documentFormat("YAML"));

    GetDocumentResponse kept = get(GetDocumentRequest.builder().name("Yaml"));
    GetDocumentResponse json =
        get(GetDocumentRequest.builder().name("Yaml").documentFormat("JSON"));
    create(document("Json", json.content()));
    GetDocumentResponse yaml =
        get(GetDocumentRequest.builder().name("Json").documentFormat("YAML"));

    assertThat(kept.content()).isEqualTo(YAML);
    assertThat(kept.documentFormatAsString()).isEqualTo("YAML");
    assertThat(json.documentFormatAsString()).isEqualTo("JSON");
    DocumentText text = new DocumentText();
    Map<String, Object> tree = text.read(YAML, DocumentFormat.YAML);
    assertThat(text.read(json.content(), DocumentFormat.JSON)).isEqualTo(tree);
    assertThat(text.read(yaml.content(), DocumentFormat.YAML)).isEqualTo(tree);
    assertThat(describe("Yaml", null).parameters())
        .singleElement()
        .satisfies(
            words -> {
              assertThat(words.typeAsString()).isEqualTo("StringList");
              assertThat(words.defaultValue()).isEqualTo("[\"hello\"]");
            });
    assertThat(describe("Yaml", null).platformTypesAsStrings()).containsExactly("Linux");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "InvalidDocumentContent|nonsense|not a JSON object",
        "InvalidDocumentContent|[]|not a JSON object",
        "InvalidDocumentContent|{'a':1,'a':2}|Duplicate",
        "InvalidDocumentContent|{}|schemaVersion is missing",
        "InvalidDocumentContent|{'schemaVersion':2.2}|in quotes",
        "InvalidDocumentSchemaVersion|{'schemaVersion':'3.0'}|1.2, 2.0 and 2.2",
        "InvalidDocumentContent|{'schemaVersion':'2.2'}|mainSteps",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[]}|at least one step",
        "InvalidDocumentContent|{'schemaVersion':'1.2','runtimeConfig':{}}|no plugin",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[{'action':'aws:fly','name':'a'}]}|aws:fly is not supported",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[{'name':'a'}]}|no action",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[{'action':'aws:runShellScript','name':'a'},{'action':'aws:runShellScript','name':'a'}]}|name of its own",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[{'action':'aws:runShellScript','name':'a','timeoutSeconds':'9'}]}|not in quotes",
        "InvalidDocumentContent|{'schemaVersion':'2.0','mainSteps':[{'action':'aws:runShellScript','name':'a','precondition':{}}]}|needs schemaVersion 2.2",
        "InvalidDocumentContent|{'schemaVersion':'2.2','mainSteps':[{'action':'aws:runShellScript','name':'a','precondition':{'StringEquals':['platformType','BeOS']}}]}|not BeOS"
      })
  void whatAgentsCouldNotRunIsRefusedByNameAndPlace(String code, String content, String why) {
    start(Databases.SQLITE);

    assertThatThrownBy(() -> create(document("Bad", content.replace('\'', '"'))))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
    assertRefused("InvalidDocument", () -> describe("Bad", null));
  }

  @Test
  void whatTheServerDoesNotKeepIsRefused() {
    start(Databases.SQLITE);

    assertRefused(
        "MaxDocumentSizeExceeded", () -> create(document("Long", echo("x".repeat(64 * 1024)))));
    assertRefused("ValidationException", () -> create(document("amazonia", echo("x"))));
    assertRefused(
        "InvalidDocumentContent",
        () -> create(document("Pack", echo("x")).documentType("Package")));
    assertRefused(
        "InvalidDocumentContent",
        () -> create(document("Plain", echo("x")).documentFormat("TEXT")));
    assertRefused(
        "InvalidDocumentContent",
        () ->
            create(
                document("Files", echo("x"))
                    .attachments(AttachmentsSource.builder().key("SourceUrl").build())));
    assertRefused(
        "InvalidDocumentSchemaVersion",
        () -> create(document("Runbook", echo("x")).documentType("Automation")));
    assertThat(list("Owner", "Self")).isEmpty();
  }

  @Test
  void anAutomationDocumentIsKeptButNoCommand() {
    start(Databases.SQLITE);
    create(
        document(
                "Runbook",
                "{\"schemaVersion\":\"0.3\",\"mainSteps\":"
                    + "[{\"name\":\"wait\",\"action\":\"aws:sleep\",\"inputs\":{}}]}")
            .documentType("Automation"));

    assertThat(describe("Runbook", null).documentTypeAsString()).isEqualTo("Automation");
    assertThat(list("DocumentType", "Automation")).containsExactly("Runbook");
    DocumentCapability documents = documents(DocumentLimits.of(Quotas.published()));
    assertRefused(
        "InvalidDocument",
        () -> server().core().store().read(db -> documents.find(db, "Runbook", null)));
  }

  @Test
  void builtInDocumentsAreReadAndNeverChanged() {
    start(Databases.SQLITE);
    String name = "AWS-RunShellScript";

    assertThat(get(GetDocumentRequest.builder().name("AWS-RunPatchBaseline")).content())
        .contains("\"PatchLinux\"")
        .contains("exit 1");
    assertThat(describe(name, null).parameters())
        .extracting(p -> p.name() + " " + p.typeAsString() + " " + p.defaultValue())
        .containsExactly(
            "commands StringList null", "workingDirectory String ", "executionTimeout String 3600");
    assertThat(describe(name, null).platformTypesAsStrings()).containsExactly("Linux", "MacOS");
    assertThat(describe(name, null).owner()).isEqualTo("Amazon");
    assertRefused("InvalidDocumentOperation", () -> update(name, echo("x"), null));
    assertRefused(
        "InvalidDocumentOperation", () -> delete(DeleteDocumentRequest.builder().name(name)));
    assertRefused("InvalidDocument", () -> share(name, List.of("all"), List.of()));
    assertRefused("InvalidDocumentVersion", () -> describe(name, "2"));
    assertRefused("InvalidDocument", () -> describe("AWS-Nope", null));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void listsAreFilteredAndPagedByName(Databases engine) {
    start(engine);
    IntStream.rangeClosed(1, 3).forEach(n -> create(document("Own-" + n, echo("n" + n))));
    server()
        .call(
            AddTagsToResourceRequest.builder()
                .resourceType("Document")
                .resourceId("Own-2")
                .tags(Tag.builder().key("team").value("ops").build())
                .build(),
            AddTagsToResourceResponse.class);

    assertThat(list("Owner", "Self")).containsExactly("Own-1", "Own-2", "Own-3");
    assertThat(list("Owner", "Amazon")).contains("AWS-RunShellScript").doesNotContain("Own-1");
    assertThat(list("Name", "Own-3")).containsExactly("Own-3");
    assertThat(list("tag:team", "ops")).containsExactly("Own-2");
    assertThat(list("SearchKeyword", "ECHO")).containsExactly("Own-1", "Own-2", "Own-3");
    assertThat(list("PlatformTypes", "Windows"))
        .contains("AWS-RunPowerShellScript")
        .doesNotContain("AWS-RunShellScript", "Own-1");
    ListDocumentsResponse first =
        server()
            .call(
                ListDocumentsRequest.builder().documentFilterList(OWN).maxResults(2).build(),
                ListDocumentsResponse.class);
    ListDocumentsResponse second =
        server()
            .call(
                ListDocumentsRequest.builder()
                    .documentFilterList(OWN)
                    .maxResults(2)
                    .nextToken(first.nextToken())
                    .build(),
                ListDocumentsResponse.class);
    assertThat(first.documentIdentifiers()).hasSize(2);
    assertThat(second.documentIdentifiers())
        .extracting(DocumentIdentifier::name)
        .containsExactly("Own-3");
    assertThat(second.nextToken()).isNull();
    assertRefused("InvalidFilterKey", () -> list("Colour", "red"));
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aSharedDocumentMustBeUnsharedBeforeItGoes(Databases engine) {
    start(engine);
    create(document("Shared", echo("x")));

    share("Shared", List.of("111111111111", "All"), List.of());
    DescribeDocumentPermissionResponse shares =
        server()
            .call(
                DescribeDocumentPermissionRequest.builder()
                    .name("Shared")
                    .permissionType("Share")
                    .build(),
                DescribeDocumentPermissionResponse.class);
    assertThat(shares.accountIds()).containsExactly("111111111111", "all");
    assertThat(shares.accountSharingInfoList().getFirst().sharedDocumentVersion())
        .isEqualTo("$DEFAULT");
    assertRefused(
        "InvalidDocumentOperation", () -> delete(DeleteDocumentRequest.builder().name("Shared")));

    share("Shared", List.of("222222222222"), List.of("111111111111", "222222222222", "ALL"));
    delete(DeleteDocumentRequest.builder().name("Shared"));
    assertRefused("InvalidDocument", () -> describe("Shared", null));
  }

  @Test
  void quotasHold() {
    start(Databases.SQLITE);
    Operations operations = new Operations(AccessTable.load());
    documents(new DocumentLimits(2, 2, 64 * 1024, 1, 1)).offer(operations);

    call(operations, document("One", echo("1")).build());
    call(operations, document("Two", echo("2")).build());
    assertRefused(
        "DocumentLimitExceeded", () -> call(operations, document("Three", echo("3")).build()));
    UpdateDocumentRequest update = UpdateDocumentRequest.builder().name("One").build();
    call(operations, update.toBuilder().content(echo("1.2")).build());
    assertRefused(
        "DocumentVersionLimitExceeded",
        () -> call(operations, update.toBuilder().content(echo("1.3")).build()));
    ModifyDocumentPermissionRequest share =
        ModifyDocumentPermissionRequest.builder().name("One").permissionType("Share").build();
    assertRefused("ValidationException", () -> call(operations, share));
    call(operations, share.toBuilder().accountIdsToAdd("all").build());
    assertRefused(
        "DocumentPermissionLimit",
        () -> call(operations, share.toBuilder().name("Two").accountIdsToAdd("all").build()));
    assertRefused(
        "DocumentPermissionLimit",
        () -> call(operations, share.toBuilder().accountIdsToAdd("111111111111").build()));
  }

  private static void call(Operations operations, SsmRequest request) {
    String name = request.getClass().getSimpleName().replaceFirst("Request$", "");
    Objects.requireNonNull(operations.find("AmazonSSM." + name))
        .handler()
        .handle(request, new Caller.Key("K", Role.ADMIN));
  }

  @Test
  void aDocumentThatNodesAreAssociatedWithGoesOnlyByForce() {
    start(Databases.SQLITE);
    create(document("Used", echo("x")));
    Operations operations = new Operations(AccessTable.load());
    DocumentCapability documents = documents(DocumentLimits.of(Quotas.published()));
    documents.associated((db, name) -> name.equals("Used"));
    documents.offer(operations);
    DeleteDocumentRequest used = DeleteDocumentRequest.builder().name("Used").build();

    assertRefused("AssociatedInstances", () -> call(operations, used));
    call(operations, used.toBuilder().force(true).build());
    assertRefused("InvalidDocument", () -> describe("Used", null));
  }

  private DocumentCapability documents(DocumentLimits limits) {
    Core core = server().core();
    return new DocumentCapability(core, new TagDirectory(core.store(), 50), limits);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void reviewsOfAVersionAreKeptInOrder(Databases engine) {
    start(engine);
    create(document("Reviewed", echo("x")));

    assertRefused("InvalidDocumentOperation", () -> review("Reviewed", "Approve", "no"));
    review("Reviewed", "SendForReview", "please");
    assertRefused("InvalidDocumentOperation", () -> review("Reviewed", "SendForReview", "again"));
    review("Reviewed", "Approve", "fine");

    ListDocumentMetadataHistoryResponse history =
        server()
            .call(
                ListDocumentMetadataHistoryRequest.builder()
                    .name("Reviewed")
                    .metadata("DocumentReviews")
                    .build(),
                ListDocumentMetadataHistoryResponse.class);
    assertThat(history.documentVersion()).isEqualTo("1");
    assertThat(history.metadata().reviewerResponse())
        .extracting(
            r ->
                r.reviewStatusAsString()
                    + " "
                    + r.reviewer()
                    + " "
                    + r.comment().getFirst().content())
        .containsExactly("PENDING TESTKEY please", "APPROVED TESTKEY fine");
    assertRefused("InvalidDocument", () -> review("Never", "Approve", "x"));
    assertRefused("InvalidDocumentOperation", () -> review("AWS-RunShellScript", "Approve", "x"));
  }

  private void review(String name, String action, String comment) {
    server()
        .call(
            UpdateDocumentMetadataRequest.builder()
                .name(name)
                .documentReviews(
                    DocumentReviews.builder()
                        .action(action)
                        .comment(
                            DocumentReviewCommentSource.builder()
                                .type("Comment")
                                .content(comment)
                                .build())
                        .build())
                .build(),
            UpdateDocumentMetadataResponse.class);
  }
}
