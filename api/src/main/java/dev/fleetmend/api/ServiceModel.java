package dev.fleetmend.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The constraints of SSM's service model: required members, lengths, ranges, patterns, enums. It
 * judges JSON whose types {@link AwsJson} has found right.
 */
public final class ServiceModel {
  /** Unpacked from AWS's published models when this module is built. */
  private static final String MODEL = "/models/ssm-2014-11-06-model.json";

  /** What AWS has added since that model was published. */
  private static final String NEWER = "/dev/fleetmend/api/newer-than-model.json";

  private final Map<String, String> inputs;
  private final ShapeCheck check;

  private ServiceModel(Map<String, String> inputs, Map<String, Shape> shapes) {
    this.inputs = inputs;
    this.check = new ShapeCheck(shapes);
  }

  /** Reads the model from the class path. */
  public static ServiceModel load() {
    ModelFile base = ModelFile.load(MODEL);
    ModelFile newer = ModelFile.load(NEWER);
    Map<String, String> inputs = new LinkedHashMap<>(base.inputs());
    inputs.putAll(newer.inputs());
    Map<String, Shape> shapes = new LinkedHashMap<>(base.shapes());
    newer.shapes().forEach((name, shape) -> shapes.merge(name, shape, Shape::extendedBy));
    return new ServiceModel(inputs, shapes);
  }

  /** Whether the model has constraints for this operation. */
  public boolean knows(String operation) {
    return inputs.containsKey(operation);
  }

  /** Whether the model has constraints for this member of the operation's request. */
  boolean knows(String operation, String member) {
    String input = inputs.get(operation);
    return input != null && check.has(input, member);
  }

  /**
   * Judges a request.
   *
   * @throws ApiException {@code ValidationException} in AWS's wording, which names every violation
   */
  public void validate(String operation, JsonNode request) {
    String input = inputs.get(operation);
    if (input != null) {
      Violations violations = new Violations();
      check.structure(input, request, "", violations);
      violations.raise();
    }
  }
}
