/**
 * Service settings of the account: GetServiceSetting, UpdateServiceSetting, ResetServiceSetting.
 */
package dev.fleetmend.server.setting;
