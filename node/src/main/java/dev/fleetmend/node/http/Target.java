package dev.fleetmend.node.http;

/** The service that an operation belongs to. */
public enum Target {
  SSM("AmazonSSM.", "ssm"),
  MESSAGES("EC2WindowsMessageDeliveryService.", "ec2messages"),
  FLEETMEND("Fleetmend.", "ssm");

  private final String prefix;
  private final String signingName;

  Target(String prefix, String signingName) {
    this.prefix = prefix;
    this.signingName = signingName;
  }

  String operation(String name) {
    return prefix + name;
  }

  String signingName() {
    return signingName;
  }
}
