package dev.fleetmend.server.operation;

/** Who asks, as the signature of the request proves. */
public sealed interface Caller {
  /**
   * The caller's ARN, which error messages and GetCallerIdentity name.
   *
   * @param account the server's account, 12 digits
   */
  String arn(String account);

  /** Somebody with an access key of the server. */
  record Key(String accessKeyId, Role role) implements Caller {
    @Override
    public String arn(String account) {
      return "arn:aws:iam::" + account + ":user/" + accessKeyId;
    }
  }

  /** A managed node, with the temporary credentials it was issued. */
  record Node(String instanceId) implements Caller {
    @Override
    public String arn(String account) {
      return "arn:aws:sts::" + account + ":assumed-role/managed-node/" + instanceId;
    }
  }

  /** Nobody known: an unsigned request. */
  record Anonymous() implements Caller {
    @Override
    public String arn(String account) {
      return "anonymous";
    }
  }
}
