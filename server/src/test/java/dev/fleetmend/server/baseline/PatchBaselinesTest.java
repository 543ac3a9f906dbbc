package dev.fleetmend.server.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.CreatePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.DeletePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.DeletePatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.DeregisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.DeregisterPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchBaselinesRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchBaselinesResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupsRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchGroupsResponse;
import software.amazon.awssdk.services.ssm.model.DescribePatchPropertiesRequest;
import software.amazon.awssdk.services.ssm.model.DescribePatchPropertiesResponse;
import software.amazon.awssdk.services.ssm.model.GetDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetDefaultPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.GetPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.PatchBaselineIdentity;
import software.amazon.awssdk.services.ssm.model.PatchFilter;
import software.amazon.awssdk.services.ssm.model.PatchFilterGroup;
import software.amazon.awssdk.services.ssm.model.PatchOrchestratorFilter;
import software.amazon.awssdk.services.ssm.model.PatchRule;
import software.amazon.awssdk.services.ssm.model.PatchRuleGroup;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.RegisterDefaultPatchBaselineResponse;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupRequest;
import software.amazon.awssdk.services.ssm.model.RegisterPatchBaselineForPatchGroupResponse;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineRequest;
import software.amazon.awssdk.services.ssm.model.UpdatePatchBaselineResponse;

class PatchBaselinesTest {
  private static final String PREDEFINED_DEBIAN =
      "arn:aws:ssm:us-east-1:075727635805:patchbaseline/pb-09a5f8eb62bde80b1";

  @TempDir Path folder;

  private static CreatePatchBaselineRequest.Builder debian(String name) {
    return CreatePatchBaselineRequest.builder().name(name).operatingSystem("DEBIAN");
  }

  private static String create(TestServer server, CreatePatchBaselineRequest.Builder request) {
    return server.call(request.build(), CreatePatchBaselineResponse.class).baselineId();
  }

  private static GetPatchBaselineResponse get(TestServer server, String id) {
    return server.call(
        GetPatchBaselineRequest.builder().baselineId(id).build(), GetPatchBaselineResponse.class);
  }

  private static void assertRefused(String code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static List<PatchBaselineIdentity> list(TestServer server, String key, String value) {
    return server
        .call(
            DescribePatchBaselinesRequest.builder()
                .filters(PatchOrchestratorFilter.builder().key(key).values(value).build())
                .build(),
            DescribePatchBaselinesResponse.class)
        .baselineIdentities();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aBaselineShowsDefaultsExplicitlyAndSurvivesARestart(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String id = create(server, debian("web").description("front"));

      server.restart();

      GetPatchBaselineResponse baseline = get(server, id);
      assertThat(id).matches("pb-[0-9a-f]{17}");
      assertThat(baseline.name()).isEqualTo("web");
      assertThat(baseline.globalFilters().hasPatchFilters()).isTrue();
      assertThat(baseline.approvalRules().hasPatchRules()).isTrue();
      assertThat(baseline.approvedPatchesComplianceLevelAsString()).isEqualTo("UNSPECIFIED");
      assertThat(baseline.rejectedPatchesActionAsString()).isEqualTo("ALLOW_AS_DEPENDENCY");
      assertThat(baseline.createdDate()).isEqualTo(TestServer.START);
      assertThat(get(server, "arn:aws:ssm:us-east-1:000000000000:patchbaseline/" + id).name())
          .isEqualTo("web");
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aClientTokenCreatesOnce(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String first = create(server, debian("web").clientToken("t"));

      assertThat(create(server, debian("web").clientToken("t"))).isEqualTo(first);
      assertRefused(
          "IdempotentParameterMismatch", () -> create(server, debian("other").clientToken("t")));
      assertThat(list(server, "OWNER", "Self")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void anUpdateKeepsWhatItOmitsUnlessItReplaces(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String id =
          create(server, debian("web").description("front").approvedPatches("nginx", "curl"));

      UpdatePatchBaselineResponse updated =
          server.call(
              UpdatePatchBaselineRequest.builder().baselineId(id).rejectedPatches("vim").build(),
              UpdatePatchBaselineResponse.class);
      assertThat(updated.approvedPatches()).containsExactly("nginx", "curl");
      assertThat(updated.description()).isEqualTo("front");

      server.call(
          UpdatePatchBaselineRequest.builder().baselineId(id).name("web2").replace(true).build(),
          UpdatePatchBaselineResponse.class);
      GetPatchBaselineResponse replaced = get(server, id);
      assertThat(replaced.name()).isEqualTo("web2");
      assertThat(replaced.approvedPatches()).isEmpty();
      assertThat(replaced.rejectedPatches()).isEmpty();
      assertThat(replaced.description()).isNull();
      assertThat(replaced.operatingSystemAsString()).isEqualTo("DEBIAN");

      assertRefused(
          "ValidationException",
          () ->
              server.call(
                  UpdatePatchBaselineRequest.builder().baselineId(id).replace(true).build(),
                  UpdatePatchBaselineResponse.class));
    }
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void exactlyOneBaselineOfASystemIsItsDefault(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertThat(
              list(server, "OWNER", "AWS").stream()
                  .filter(PatchBaselineIdentity::defaultBaseline)
                  .count())
          .isEqualTo(15);
      assertThat(list(server, "OWNER", "AWS")).hasSize(17);

      String id = create(server, debian("mine"));
      registerDefault(server, id);
      Map<Boolean, List<String>> debian =
          list(server, "OPERATING_SYSTEM", "DEBIAN").stream()
              .collect(
                  Collectors.partitioningBy(
                      PatchBaselineIdentity::defaultBaseline,
                      Collectors.mapping(PatchBaselineIdentity::baselineId, Collectors.toList())));
      assertThat(debian.get(true)).containsExactly(id);
      assertThat(debian.get(false)).containsExactly(PREDEFINED_DEBIAN);
      assertRefused("ResourceInUseException", () -> delete(server, id));

      registerDefault(server, PREDEFINED_DEBIAN);
      assertThat(
              server
                  .call(
                      GetDefaultPatchBaselineRequest.builder().operatingSystem("DEBIAN").build(),
                      GetDefaultPatchBaselineResponse.class)
                  .baselineId())
          .isEqualTo(PREDEFINED_DEBIAN);
      delete(server, id);
      assertRefused("DoesNotExistException", () -> get(server, id));
    }
  }

  @Test
  void predefinedBaselinesAreNamedByTheirArnOnlyAndOnesOwnByIdToo() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      String bare = PREDEFINED_DEBIAN.substring(PREDEFINED_DEBIAN.indexOf('/') + 1);

      assertThat(get(server, PREDEFINED_DEBIAN).baselineId()).isEqualTo(PREDEFINED_DEBIAN);
      assertRefused("DoesNotExistException", () -> get(server, bare));
      assertRefused("DoesNotExistException", () -> registerDefault(server, bare));
      String own = create(server, debian("own"));
      assertThat(get(server, own).baselineId()).isEqualTo(own);
    }
  }

  @Test
  void beyondTheQuotasOfBaselinesAndOfGroupsOfOneIsRefused() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      String id = create(server, debian("first"));
      for (int i = 1; i < 50; i++) {
        create(server, debian("web"));
      }
      assertRefused("ResourceLimitExceededException", () -> create(server, debian("web")));

      for (int i = 0; i < 25; i++) {
        register(server, id, "group " + i);
      }
      assertRefused("ResourceLimitExceededException", () -> register(server, id, "group 25"));
    }
  }

  @Test
  void deletingABaselineThatIsNotThereSucceedsAsOnAws() {
    try (TestServer server = TestServer.start(Databases.SQLITE, folder)) {
      String id = create(server, debian("web"));

      delete(server, id);
      delete(server, id);

      assertRefused("DoesNotExistException", () -> get(server, id));
    }
  }

  private static void registerDefault(TestServer server, String id) {
    server.call(
        RegisterDefaultPatchBaselineRequest.builder().baselineId(id).build(),
        RegisterDefaultPatchBaselineResponse.class);
  }

  private static void delete(TestServer server, String id) {
    server.call(
        DeletePatchBaselineRequest.builder().baselineId(id).build(),
        DeletePatchBaselineResponse.class);
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aPatchGroupHasOneBaselineOfEachSystem(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      String first = create(server, debian("first"));
      String second = create(server, debian("second"));

      assertThat(baselineOf(server, "group 1")).isEqualTo(PREDEFINED_DEBIAN);
      register(server, first, "group 1");
      register(server, first, "group 1");
      assertThat(baselineOf(server, "group 1")).isEqualTo(first);
      assertRefused("AlreadyExistsException", () -> register(server, second, "group 1"));
      assertRefused("ResourceInUseException", () -> delete(server, first));
      assertThat(get(server, first).patchGroups()).containsExactly("group 1");
      assertThat(
              server
                  .call(
                      DescribePatchGroupsRequest.builder().build(),
                      DescribePatchGroupsResponse.class)
                  .mappings())
          .hasSize(1)
          .allSatisfy(m -> assertThat(m.baselineIdentity().baselineName()).isEqualTo("first"));

      server.call(
          DeregisterPatchBaselineForPatchGroupRequest.builder()
              .baselineId(first)
              .patchGroup("group 1")
              .build(),
          DeregisterPatchBaselineForPatchGroupResponse.class);
      register(server, second, "group 1");
      assertThat(baselineOf(server, "group 1")).isEqualTo(second);
    }
  }

  private static void register(TestServer server, String id, String group) {
    server.call(
        RegisterPatchBaselineForPatchGroupRequest.builder()
            .baselineId(id)
            .patchGroup(group)
            .build(),
        RegisterPatchBaselineForPatchGroupResponse.class);
  }

  private static String baselineOf(TestServer server, String group) {
    return server
        .call(
            GetPatchBaselineForPatchGroupRequest.builder()
                .patchGroup(group)
                .operatingSystem("DEBIAN")
                .build(),
            GetPatchBaselineForPatchGroupResponse.class)
        .baselineId();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void whatAnOperatingSystemDoesNotHaveIsRefused(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertRefused("ValidationException", () -> create(server, debian("a").approvalRules(rule())));
      assertRefused(
          "ValidationException",
          () ->
              create(
                  server,
                  CreatePatchBaselineRequest.builder()
                      .name("win")
                      .approvedPatchesEnableNonSecurity(true)));
      assertRefused(
          "ValidationException",
          () ->
              create(
                  server,
                  CreatePatchBaselineRequest.builder()
                      .name("both")
                      .approvalRules(
                          PatchRuleGroup.builder()
                              .patchRules(
                                  PatchRule.builder()
                                      .patchFilterGroup(
                                          PatchFilterGroup.builder()
                                              .patchFilters(List.<PatchFilter>of())
                                              .build())
                                      .approveAfterDays(1)
                                      .approveUntilDate("2026-01-01")
                                      .build())
                              .build())));
      assertRefused("InvalidResourceId", () -> delete(server, PREDEFINED_DEBIAN));
      assertThat(list(server, "OWNER", "Self")).isEmpty();
    }
  }

  private static PatchRuleGroup rule() {
    return PatchRuleGroup.builder()
        .patchRules(
            PatchRule.builder()
                .patchFilterGroup(
                    PatchFilterGroup.builder()
                        .patchFilters(
                            PatchFilter.builder().key("MSRC_SEVERITY").values("Critical").build())
                        .build())
                .build())
        .build();
  }

  @ParameterizedTest
  @EnumSource(Databases.class)
  void propertiesAreThoseOfTheOperatingSystem(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      DescribePatchPropertiesRequest.Builder request =
          DescribePatchPropertiesRequest.builder().operatingSystem("DEBIAN");
      assertThat(
              server
                  .call(request.property("PRIORITY").build(), DescribePatchPropertiesResponse.class)
                  .properties())
          .extracting(p -> p.get("Name"))
          .containsExactlyInAnyOrder("Required", "Important", "Standard", "Optional", "Extra");
      assertRefused(
          "ValidationException",
          () ->
              server.call(
                  request.property("MSRC_SEVERITY").build(),
                  DescribePatchPropertiesResponse.class));
    }
  }
}
