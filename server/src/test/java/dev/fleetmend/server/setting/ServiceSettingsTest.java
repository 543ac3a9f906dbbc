package dev.fleetmend.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ssm.model.GetServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.GetServiceSettingResponse;
import software.amazon.awssdk.services.ssm.model.ResetServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.ResetServiceSettingResponse;
import software.amazon.awssdk.services.ssm.model.ServiceSetting;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingResponse;

class ServiceSettingsTest {
  private static final String TIER = "/ssm/managed-instance/activation-tier";
  private static final String ARN = "arn:aws:ssm:us-east-1:000000000000:servicesetting" + TIER;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Databases.class)
  void aSettingIsCustomizedAndReset(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertThat(get(server, TIER).settingValue()).isEqualTo("standard");
      assertThat(get(server, TIER).status()).isEqualTo("Default");
      assertThat(get(server, TIER).arn()).isEqualTo(ARN);

      update(server, ARN, "advanced");

      assertThat(get(server, ARN))
          .satisfies(
              setting -> {
                assertThat(setting.settingId()).isEqualTo(TIER);
                assertThat(setting.settingValue()).isEqualTo("advanced");
                assertThat(setting.status()).isEqualTo("Customized");
                assertThat(setting.lastModifiedUser()).endsWith("user/TESTKEY");
                assertThat(setting.lastModifiedDate()).isEqualTo(TestServer.START);
              });
      ServiceSetting reset =
          server
              .call(
                  ResetServiceSettingRequest.builder().settingId(TIER).build(),
                  ResetServiceSettingResponse.class)
              .serviceSetting();
      assertThat(reset.settingValue()).isEqualTo("standard");
      assertThat(get(server, TIER).status()).isEqualTo("Default");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Databases.class, names = "SQLITE")
  void whatIsNoSettingOrNoValueIsRefusedAndNothingChanges(Databases engine) {
    try (TestServer server = TestServer.start(engine, folder)) {
      assertRefused("ServiceSettingNotFound", () -> get(server, "/ssm/no/such"));
      assertRefused("ServiceSettingNotFound", () -> update(server, "/ssm/no/such", "x"));
      assertRefused("ValidationException", () -> update(server, TIER, "golden"));
      assertRefused(
          "ValidationException",
          () -> update(server, "/fleetmend/patch/not-revertible", "perhaps"));
      assertThat(get(server, TIER).status()).isEqualTo("Default");
    }
  }

  private static ServiceSetting get(TestServer server, String id) {
    return server
        .call(
            GetServiceSettingRequest.builder().settingId(id).build(),
            GetServiceSettingResponse.class)
        .serviceSetting();
  }

  private static void update(TestServer server, String id, String value) {
    server.call(
        UpdateServiceSettingRequest.builder().settingId(id).settingValue(value).build(),
        UpdateServiceSettingResponse.class);
  }

  private static void assertRefused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
