package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS JSON 1.1: the SDK's requests, responses and structures as JSON and back. Times are epoch
 * seconds with at most milliseconds. Whatever cannot be read is a {@code SerializationException}
 * with status 400; constraints are the {@link ServiceModel}'s part.
 */
public final class AwsJson {
  private final JsonDocuments documents = new JsonDocuments();
  private final StructureReader reader = new StructureReader();
  private final StructureWriter writer = new StructureWriter();

  /**
   * The body as a JSON object; an empty body is an empty object.
   *
   * @throws ApiException where it is not one
   */
  public ObjectNode parse(byte[] body) {
    return documents.parse(body);
  }

  /**
   * Reads a request or structure of the SDK. Unknown members are passed over, null is absent.
   *
   * @throws ApiException where a member has another type than the model gives it
   */
  public <T extends SdkPojo> T read(JsonNode json, Class<T> type) {
    return type.cast(reader.read(json, Operation.builder(type)));
  }

  /** {@link #parse} and {@link #read(JsonNode, Class)}. */
  public <T extends SdkPojo> T read(byte[] body, Class<T> type) {
    return read(parse(body), type);
  }

  /**
   * Writes a response or structure. Members not set are left out, as are lists and maps that the
   * SDK made up; empty ones that were set are written.
   */
  public byte[] write(SdkPojo structure) {
    return writer.write(structure);
  }

  /** An error's document. The text stands under both spellings that the SDKs look for. */
  public byte[] error(String code, String message) {
    return documents.error(code, message);
  }
}
