package dev.fleetmend.server.setting;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting that AWS documents, or one of Fleetmend's own below {@code /fleetmend}.
 *
 * @param id such as {@code /ssm/managed-instance/activation-tier}
 * @param values the only values, or empty where {@code pattern} says it
 */
record Setting(String id, String defaultValue, List<String> values, Pattern pattern) {
  private static final String ARN_PART = ":servicesetting";

  /** What AWS shows where no role, group or destination is set. */
  private static final String NONE = "$None";

  static final String REFUSE = "refuse";

  /**
   * What an Install does that could not be taken back wholly: {@code warn} says so and goes on,
   * {@code refuse} changes nothing. The parameter NotRevertible of a run wins.
   */
  static final Setting NOT_REVERTIBLE =
      of("/fleetmend/patch/not-revertible", "warn", "warn", REFUSE);

  private static final List<Setting> ALL =
      List.of(
          NOT_REVERTIBLE,
          of("/ssm/appmanager/appmanager-enabled", "False", "True", "False"),
          of("/ssm/automation/customer-script-log-destination", NONE, "CloudWatch"),
          matching(
              "/ssm/automation/customer-script-log-group-name", NONE, "[.\\-_/#A-Za-z0-9]{1,512}"),
          of("/ssm/automation/enable-adaptive-concurrency", "False", "True", "False"),
          of("/ssm/documents/console/public-sharing-permission", "Enable", "Enable", "Disable"),
          of("/ssm/managed-instance/activation-tier", "standard", "standard", "advanced"),
          matching(
              "/ssm/managed-instance/default-ec2-instance-management-role",
              NONE,
              "[\\w+=,.@/-]{1,512}"),
          of("/ssm/opsinsights/opscenter", "Disabled", "Enabled", "Disabled"),
          of(
              "/ssm/parameter-store/default-parameter-tier",
              "Standard",
              "Standard",
              "Advanced",
              "Intelligent-Tiering"),
          of("/ssm/parameter-store/high-throughput-enabled", "false", "true", "false"));

  private static Setting of(String id, String defaultValue, String... values) {
    return new Setting(id, defaultValue, List.of(values), Pattern.compile(""));
  }

  private static Setting matching(String id, String defaultValue, String pattern) {
    return new Setting(id, defaultValue, List.of(), Pattern.compile(pattern));
  }

  /** The setting of an id, or of an ARN that ends in {@code :servicesetting<id>}. */
  static Optional<Setting> find(String idOrArn) {
    int part = idOrArn.startsWith("arn:") ? idOrArn.indexOf(ARN_PART) : -1;
    String id = part < 0 ? idOrArn : idOrArn.substring(part + ARN_PART.length());
    return ALL.stream().filter(setting -> setting.id.equals(id)).findFirst();
  }

  boolean takes(String value) {
    return values.isEmpty() ? pattern.matcher(value).matches() : values.contains(value);
  }

  /** What it takes, for people. */
  String expected() {
    return values.isEmpty() ? "a text of the form " + pattern : String.join(", ", values);
  }

  String arnResource() {
    return "servicesetting" + id;
  }
}
