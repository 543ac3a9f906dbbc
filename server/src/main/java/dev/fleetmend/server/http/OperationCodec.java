package dev.fleetmend.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import dev.fleetmend.api.ServiceModel;
import dev.fleetmend.protocol.json.MalformedJsonException;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import dev.fleetmend.server.operation.Operation;
import software.amazon.awssdk.core.SdkPojo;

/** Requests from JSON, judged by the service model where it knows them; answers to JSON. */
final class OperationCodec {
  private final AwsJson awsJson = new AwsJson();
  private final RecordJson recordJson = new RecordJson(Naming.PASCAL);
  private final ServiceModel model = ServiceModel.load();

  Object decode(Operation operation, byte[] body) {
    Class<?> type = operation.requestType();
    if (SdkPojo.class.isAssignableFrom(type)) {
      ObjectNode json = awsJson.parse(body);
      Object request = awsJson.read(json, type.asSubclass(SdkPojo.class));
      model.validate(operation.target().substring(operation.target().indexOf('.') + 1), json);
      return request;
    }
    try {
      return recordJson.read(
          body.length == 0 ? new byte[] {'{', '}'} : body, type.asSubclass(Record.class));
    } catch (MalformedJsonException e) {
      throw new ApiException("SerializationException", String.valueOf(e.getMessage()));
    }
  }

  byte[] encode(Object answer) {
    return switch (answer) {
      case SdkPojo structure -> awsJson.write(structure);
      case Record message -> recordJson.write(message);
      default -> throw new IllegalStateException("no JSON for " + answer.getClass());
    };
  }

  byte[] error(String code, String message) {
    return awsJson.error(code, message);
  }
}
