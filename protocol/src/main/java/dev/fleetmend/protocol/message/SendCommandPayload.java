package dev.fleetmend.protocol.message;

import java.util.Map;

/**
 * What a message of {@link Topic#SEND_COMMAND} carries.
 *
 * @param documentContent the document as a JSON object, never as text
 * @param parameters by name: text for a String, a list of texts for a StringList, and so on
 * @param cloudWatchOutputEnabled {@code true} or {@code false}, as text
 */
public record SendCommandPayload(
    String commandId,
    String documentName,
    Map<String, Object> documentContent,
    Map<String, Object> parameters,
    String outputS3BucketName,
    String outputS3KeyPrefix,
    String cloudWatchLogGroupName,
    String cloudWatchOutputEnabled) {
  /** A command whose output goes nowhere but into its replies. */
  public static SendCommandPayload of(
      String commandId,
      String documentName,
      Map<String, Object> documentContent,
      Map<String, Object> parameters) {
    return new SendCommandPayload(
        commandId, documentName, documentContent, parameters, "", "", "", "false");
  }
}
