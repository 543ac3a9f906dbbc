package dev.fleetmend.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Activation;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DoesNotExistException;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.PatchComplianceLevel;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchFilterKey;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.waiters.SsmWaiter;

/** The AWS SDK for Java v2, unmodified, over its own HTTP client. */
class JavaSdkTest {
  @TempDir private Path folder;
  private ClientServer server;
  private SsmClient ssm;

  @BeforeEach
  void start() throws IOException {
    server = ClientServer.start(folder);
    ssm =
        SsmClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(server.key().id(), server.key().secret())))
            .build();
  }

  @AfterEach
  void stop() {
    ssm.close();
    server.close();
  }

  @Test
  void whatIsWrittenIsReadAsTheSameTypes() {
    PatchRuleGroup rules =
        PatchRuleGroup.builder()
            .patchRules(
                PatchRule.builder()
                    .patchFilterGroup(
                        PatchFilterGroup.builder()
                            .patchFilters(
                                PatchFilter.builder()
                                    .key(PatchFilterKey.PRIORITY)
                                    .values("Required")
                                    .build())
                            .build())
                    .complianceLevel(PatchComplianceLevel.HIGH)
                    .enableNonSecurity(true)
                    .build())
            .build();
    Instant before = Instant.now();
    String id =
        ssm.createPatchBaseline(
                baseline -> baseline.name("web").operatingSystem("DEBIAN").approvalRules(rules))
            .baselineId();

    var baseline = ssm.getPatchBaseline(get -> get.baselineId(id));
    assertThat(baseline.approvalRules()).isEqualTo(rules);
    assertThat(baseline.globalFilters().patchFilters()).isEmpty();
    assertThat(baseline.createdDate())
        .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
  }

  @Test
  void errorsAreTheClassesOfTheModel() {
    assertThatThrownBy(() -> ssm.getMaintenanceWindow(get -> get.windowId("mw-00000000000000000")))
        .isInstanceOf(DoesNotExistException.class)
        .hasMessageContaining("Maintenance window mw-00000000000000000 does not exist");
    assertThatThrownBy(() -> ssm.createPatchBaseline(baseline -> baseline.name("not a name")))
        .isInstanceOfSatisfying(
            SsmException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  @Test
  void paginatorsWalkToTheEnd() {
    List<String> ids =
        IntStream.range(0, 5)
            .mapToObj(i -> ssm.createActivation(a -> a.iamRole("fleet")).activationId())
            .toList();

    assertThat(ssm.describeActivationsPaginator(all -> all.maxResults(2)).activationList())
        .extracting(Activation::activationId)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void theWaiterWaitsForACommand() throws Exception {
    try (ScriptedNode node = ScriptedNode.online(server, Map.of());
        SsmWaiter waiter =
            SsmWaiter.builder()
                .client(ssm)
                .overrideConfiguration(
                    o ->
                        o.backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(100)))
                            .maxAttempts(100))
                .build()) {
      String command =
          ssm.sendCommand(
                  send ->
                      send.documentName("AWS-RunShellScript")
                          .instanceIds(node.id())
                          .parameters(Map.of("commands", List.of("true"))))
              .command()
              .commandId();

      GetCommandInvocationResponse ended =
          waiter
              .waitUntilCommandExecuted(get -> get.commandId(command).instanceId(node.id()))
              .matched()
              .response()
              .orElseThrow();

      assertThat(ended.status()).isEqualTo(CommandInvocationStatus.SUCCESS);
      assertThat(ended.standardOutputContent()).isEqualTo("done\n");
    }
  }
}
