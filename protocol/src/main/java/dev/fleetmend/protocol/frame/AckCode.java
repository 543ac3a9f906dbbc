package dev.fleetmend.protocol.frame;

/** What the code of an {@link AgentJobAck} means for the job. */
public enum AckCode {
  /** The agent has it, now or since before: it must not be sent again. */
  TAKEN,
  /** The agent could not take it now: it is to be sent again later. */
  LATER,
  /** The agent cannot make anything of it, however often it is sent. */
  REFUSED;

  /** The meaning of a code; one not known is worth another try. */
  public static AckCode of(String statusCode) {
    return switch (statusCode) {
      // successful, and a command that the agent knows already
      case "200", "51405" -> TAKEN;
      // an unexpected type, an invalid document, containers, a job that cannot be parsed
      case "51403", "51406", "51407", "51408" -> REFUSED;
      default -> LATER;
    };
  }
}
