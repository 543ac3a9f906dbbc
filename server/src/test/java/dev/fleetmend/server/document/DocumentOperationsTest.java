package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentFilter;
import software.amazon.awssdk.services.ssm.model.DocumentIdentifier;
import software.amazon.awssdk.services.ssm.model.DocumentKeyValuesFilter;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;
import software.amazon.awssdk.services.ssm.model.SsmRequest;

class DocumentOperationsTest {
  private final Operations operations = new Operations();

  DocumentOperationsTest() {
    new DocumentOperations(new BuiltInDocuments()).offer(operations);
  }

  private <R> R call(SsmRequest request, Class<R> answer) {
    String name = request.getClass().getSimpleName().replace("Request", "");
    return answer.cast(
        Objects.requireNonNull(operations.find("AmazonSSM." + name))
            .handler()
            .handle(request, new Caller.Administrator("K")));
  }

  @Test
  void aDocumentsContentIsWhatAgentsRun() {
    GetDocumentResponse document =
        call(
            GetDocumentRequest.builder().name("AWS-RunPatchBaseline").build(),
            GetDocumentResponse.class);

    assertThat(document.content()).contains("\"PatchLinux\"").contains("exit 1");
    assertThat(document.statusAsString()).isEqualTo("Active");
    assertThat(document.documentVersion()).isEqualTo("1");
  }

  @Test
  void aDescriptionNamesTheParameters() {
    DescribeDocumentResponse response =
        call(
            DescribeDocumentRequest.builder().name("AWS-RunShellScript").build(),
            DescribeDocumentResponse.class);

    assertThat(response.document().parameters())
        .extracting(p -> p.name() + " " + p.typeAsString() + " " + p.defaultValue())
        .containsExactly(
            "commands StringList null", "workingDirectory String ", "executionTimeout String 3600");
    assertThat(response.document().platformTypesAsStrings()).containsExactly("Linux", "MacOS");
  }

  @Test
  void listsArePagedByName() {
    ListDocumentsResponse first =
        call(ListDocumentsRequest.builder().maxResults(2).build(), ListDocumentsResponse.class);
    ListDocumentsResponse second =
        call(
            ListDocumentsRequest.builder().maxResults(2).nextToken(first.nextToken()).build(),
            ListDocumentsResponse.class);

    assertThat(names(first)).containsExactly("AWS-RunPatchBaseline", "AWS-RunPowerShellScript");
    assertThat(names(second)).containsExactly("AWS-RunShellScript");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void bothFilterStylesNarrowTheList() {
    ListDocumentsResponse old =
        call(
            ListDocumentsRequest.builder()
                .documentFilterList(
                    DocumentFilter.builder().key("PlatformTypes").value("Windows").build())
                .build(),
            ListDocumentsResponse.class);
    ListDocumentsResponse recent =
        call(
            ListDocumentsRequest.builder()
                .filters(
                    DocumentKeyValuesFilter.builder().key("Owner").values("Amazon").build(),
                    DocumentKeyValuesFilter.builder()
                        .key("SearchKeyword")
                        .values("PATCHES")
                        .build())
                .build(),
            ListDocumentsResponse.class);
    ListDocumentsResponse own =
        call(
            ListDocumentsRequest.builder()
                .filters(DocumentKeyValuesFilter.builder().key("Owner").values("Self").build())
                .build(),
            ListDocumentsResponse.class);

    assertThat(names(old)).containsExactly("AWS-RunPowerShellScript");
    assertThat(names(recent)).containsExactly("AWS-RunPatchBaseline");
    assertThat(names(own)).isEmpty();
  }

  @Test
  void anUnknownFilterIsRefused() {
    assertThatThrownBy(
            () ->
                call(
                    ListDocumentsRequest.builder()
                        .filters(
                            DocumentKeyValuesFilter.builder().key("Colour").values("red").build())
                        .build(),
                    ListDocumentsResponse.class))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("InvalidFilterKey"));
  }

  private static List<String> names(ListDocumentsResponse response) {
    return response.documentIdentifiers().stream().map(DocumentIdentifier::name).toList();
  }
}
