package dev.fleetmend.server.operation;

import java.util.Map;

/**
 * An operation as policies name it.
 *
 * @param service such as {@code ssm}
 * @param name such as {@code SendCommand}
 */
public record Action(String service, String name) {
  private static final Map<String, String> SERVICES =
      Map.of(
          "AmazonSSM", "ssm",
          "AWSSecurityTokenServiceV20110615", "sts",
          "EC2WindowsMessageDeliveryService", "ec2messages",
          "Fleetmend", "fleetmend",
          "SsmMessages", "ssmmessages");

  /**
   * The action of a target.
   *
   * @param target as {@code X-Amz-Target} says it, such as {@code AmazonSSM.SendCommand}
   */
  public static Action of(String target) {
    int dot = target.lastIndexOf('.');
    String prefix = dot < 0 ? "" : target.substring(0, dot);
    return new Action(SERVICES.getOrDefault(prefix, "unknown"), target.substring(dot + 1));
  }

  /** Reads what {@link #toString} writes. */
  static Action parse(String text) {
    int colon = text.indexOf(':');
    return new Action(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
  }

  /** Such as {@code ssm:SendCommand}. */
  @Override
  public String toString() {
    return service + ":" + name;
  }
}
