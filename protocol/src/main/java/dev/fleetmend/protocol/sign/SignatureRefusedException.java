package dev.fleetmend.protocol.sign;

/** A signature that does not prove what it should. Code and message are AWS's. */
public final class SignatureRefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String code;

  public SignatureRefusedException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The error's name, as {@code InvalidSignatureException}. */
  public String code() {
    return code;
  }

  static SignatureRefusedException invalid(String message) {
    return new SignatureRefusedException("InvalidSignatureException", message);
  }

  static SignatureRefusedException incomplete(String message) {
    return new SignatureRefusedException("IncompleteSignatureException", message);
  }
}
