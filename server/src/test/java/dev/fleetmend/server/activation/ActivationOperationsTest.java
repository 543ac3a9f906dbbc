package dev.fleetmend.server.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.protocol.message.RegisterManagedInstanceRequest;
import dev.fleetmend.protocol.message.RegisterManagedInstanceResponse;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestKeys;
import dev.fleetmend.server.TestServer;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.tag.TagDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.Activation;
import software.amazon.awssdk.services.ssm.model.CreateActivationRequest;
import software.amazon.awssdk.services.ssm.model.CreateActivationResponse;
import software.amazon.awssdk.services.ssm.model.DeleteActivationRequest;
import software.amazon.awssdk.services.ssm.model.DeleteActivationResponse;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsFilter;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeActivationsResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

class ActivationOperationsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void anActivationEnrolsAsManyHostsAsItsLimitAndTagsThem(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CreateActivationResponse activation =
          create(
              server,
              CreateActivationRequest.builder()
                  .registrationLimit(2)
                  .defaultInstanceName("web")
                  .tags(Tag.builder().key("Patch Group").value("web").build()));

      String first = register(server, activation);
      register(server, activation);
      assertCode("RegistrationLimitExceeded", () -> register(server, activation));

      assertThat(new TagDirectory(server.core().store(), 50).of("ManagedInstance", first))
          .isEqualTo(Map.of("Patch Group", "web"));
      Activation shown = describe(server).getFirst();
      assertThat(shown.registrationsCount()).isEqualTo(2);
      assertThat(shown.registrationLimit()).isEqualTo(2);
      assertThat(shown.expired()).isFalse();
      assertThat(shown.tags())
          .containsExactly(Tag.builder().key("Patch Group").value("web").build());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCodeIsNowhereButInTheFirstAnswer(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CreateActivationResponse activation = create(server, CreateActivationRequest.builder());

      String kept =
          server
              .core()
              .store()
              .read(db -> db.createQuery("SELECT * FROM activation").mapToMap().list())
              .toString();

      assertThat(activation.activationCode()).hasSize(20);
      assertThat(kept).doesNotContain(activation.activationCode());
      assertThat(describe(server).toString()).doesNotContain(activation.activationCode());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongCodeAnExpiredAndADeletedActivationEnrolNobody(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      CreateActivationResponse activation = create(server, CreateActivationRequest.builder());
      CreateActivationResponse other = create(server, CreateActivationRequest.builder());

      assertCode(
          "InvalidActivation",
          () ->
              register(
                  server, activation.toBuilder().activationCode(other.activationCode()).build()));
      server.call(
          DeleteActivationRequest.builder().activationId(other.activationId()).build(),
          DeleteActivationResponse.class);
      assertCode("InvalidActivation", () -> register(server, other));
      server.clock().advance(Duration.ofHours(24));
      assertCode("InvalidActivation", () -> register(server, activation));
      assertThat(describe(server).getFirst().expired()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anExpiryInThePastOrTooFarAwayIsRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      for (Duration away : List.of(Duration.ofSeconds(-1), Duration.ofDays(31))) {
        assertCode(
            "InvalidParameters",
            () ->
                create(
                    server,
                    CreateActivationRequest.builder().expirationDate(TestServer.START.plus(away))));
      }
    }
  }

  @Test
  void aRoleWithoutANameIsRefused() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      assertCode(
          "ValidationException",
          () ->
              server.call(
                  CreateActivationRequest.builder().iamRole("").build(),
                  CreateActivationResponse.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletingTellsABadIdFromAnUnknownOne(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertCode("InvalidActivationId", () -> delete(server, "nonsense"));
      assertCode("InvalidActivation", () -> delete(server, "0f1e2d3c-1111-4a4a-9b9b-0123456789ab"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void activationsAreFilteredAndPaged(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      create(server, CreateActivationRequest.builder().defaultInstanceName("a"));
      server.clock().advance(Duration.ofSeconds(1));
      CreateActivationResponse b =
          create(server, CreateActivationRequest.builder().defaultInstanceName("b"));
      DescribeActivationsRequest one = DescribeActivationsRequest.builder().maxResults(1).build();

      DescribeActivationsResponse first = server.call(one, DescribeActivationsResponse.class);
      DescribeActivationsResponse second =
          server.call(
              one.toBuilder().nextToken(first.nextToken()).build(),
              DescribeActivationsResponse.class);
      DescribeActivationsResponse named =
          server.call(
              DescribeActivationsRequest.builder()
                  .filters(
                      DescribeActivationsFilter.builder()
                          .filterKey("DefaultInstanceName")
                          .filterValues("b")
                          .build())
                  .build(),
              DescribeActivationsResponse.class);

      assertThat(first.activationList().getFirst().defaultInstanceName()).isEqualTo("a");
      assertThat(second.activationList().getFirst().defaultInstanceName()).isEqualTo("b");
      assertThat(second.nextToken()).isNull();
      assertThat(named.activationList())
          .extracting(Activation::activationId)
          .containsExactly(b.activationId());
    }
  }

  private static void delete(TestServer server, String id) {
    server.call(
        DeleteActivationRequest.builder().activationId(id).build(), DeleteActivationResponse.class);
  }

  private static CreateActivationResponse create(
      TestServer server, CreateActivationRequest.Builder request) {
    return server.call(request.iamRole("fleet").build(), CreateActivationResponse.class);
  }

  private static List<Activation> describe(TestServer server) {
    return server
        .call(DescribeActivationsRequest.builder().build(), DescribeActivationsResponse.class)
        .activationList();
  }

  private static String register(TestServer server, CreateActivationResponse activation) {
    return server
        .call(
            "AmazonSSM.RegisterManagedInstance",
            new RegisterManagedInstanceRequest(
                activation.activationCode(),
                activation.activationId(),
                "f",
                TestKeys.nextPublic(),
                "Rsa"),
            new Caller.Anonymous(),
            RegisterManagedInstanceResponse.class)
        .instanceId();
  }

  private static void assertCode(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
