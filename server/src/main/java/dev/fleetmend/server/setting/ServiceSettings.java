package dev.fleetmend.server.setting;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Core;
import dev.fleetmend.server.operation.Caller;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.GetServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.GetServiceSettingResponse;
import software.amazon.awssdk.services.ssm.model.ResetServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.ResetServiceSettingResponse;
import software.amazon.awssdk.services.ssm.model.ServiceSetting;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingRequest;
import software.amazon.awssdk.services.ssm.model.UpdateServiceSettingResponse;

/**
 * GetServiceSetting, UpdateServiceSetting and ResetServiceSetting. AWS's settings are kept and
 * shown, and change nothing that this server does; Fleetmend's own do.
 */
public final class ServiceSettings {
  private static final Instant SINCE_EVER = Instant.parse("2026-01-01T00:00:00Z");
  private final Core core;

  public ServiceSettings(Core core) {
    this.core = core;
  }

  public void offer() {
    core.operations().on(GetServiceSettingRequest.class, this::get);
    core.operations().on(UpdateServiceSettingRequest.class, this::update);
    core.operations().on(ResetServiceSettingRequest.class, this::reset);
  }

  /**
   * Whether an Install that does not say it itself changes nothing where some of it could not be
   * taken back.
   */
  public boolean onlyRevertible(Handle db) {
    return view(db, Setting.NOT_REVERTIBLE).settingValue().equals(Setting.REFUSE);
  }

  private GetServiceSettingResponse get(GetServiceSettingRequest request, Caller caller) {
    Setting setting = require(request.settingId());
    ServiceSetting now = core.store().read(db -> view(db, setting));
    return GetServiceSettingResponse.builder().serviceSetting(now).build();
  }

  private UpdateServiceSettingResponse update(UpdateServiceSettingRequest request, Caller caller) {
    Setting setting = require(request.settingId());
    if (!setting.takes(request.settingValue())) {
      throw new ApiException(
          "ValidationException",
          "The value "
              + request.settingValue()
              + " is not valid for "
              + setting.id()
              + "; it takes "
              + setting.expected()
              + ".");
    }
    core.store()
        .change(
            tx ->
                tx.createUpdate(
                        "INSERT INTO service_setting (id, value, modified_at, modified_by)"
                            + " VALUES (:id, :value, :now, :by) ON CONFLICT (id) DO UPDATE SET"
                            + " value = EXCLUDED.value, modified_at = EXCLUDED.modified_at,"
                            + " modified_by = EXCLUDED.modified_by")
                    .bind("id", setting.id())
                    .bind("value", request.settingValue())
                    .bind("now", core.clock().millis())
                    .bind("by", user(caller))
                    .execute());
    return UpdateServiceSettingResponse.builder().build();
  }

  private ResetServiceSettingResponse reset(ResetServiceSettingRequest request, Caller caller) {
    Setting setting = require(request.settingId());
    ServiceSetting after =
        core.store()
            .write(
                tx -> {
                  tx.createUpdate("DELETE FROM service_setting WHERE id = :id")
                      .bind("id", setting.id())
                      .execute();
                  return view(tx, setting);
                });
    return ResetServiceSettingResponse.builder().serviceSetting(after).build();
  }

  private ServiceSetting view(Handle db, Setting setting) {
    Optional<ServiceSetting> customized =
        db.createQuery("SELECT value, modified_at, modified_by FROM service_setting WHERE id = :id")
            .bind("id", setting.id())
            .map(
                (row, context) ->
                    ServiceSetting.builder()
                        .settingValue(row.getString(1))
                        .lastModifiedDate(Instant.ofEpochMilli(row.getLong(2)))
                        .lastModifiedUser(row.getString(3))
                        .status("Customized")
                        .build())
            .findOne();
    return customized
        .orElseGet(
            () ->
                ServiceSetting.builder()
                    .settingValue(setting.defaultValue())
                    .lastModifiedDate(SINCE_EVER)
                    .lastModifiedUser("System")
                    .status("Default")
                    .build())
        .toBuilder()
        .settingId(setting.id())
        .arn(core.arn(setting.arnResource()))
        .build();
  }

  private String user(Caller caller) {
    return caller instanceof Caller.Key key ? key.arn(core.config().account()) : "System";
  }

  private static Setting require(String idOrArn) {
    return Setting.find(idOrArn)
        .orElseThrow(
            () ->
                new ApiException(
                    "ServiceSettingNotFound",
                    "The service setting " + idOrArn + " was not found."));
  }
}
