package dev.fleetmend.api;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmRequest;
import software.amazon.awssdk.services.ssm.model.SsmResponse;

/** Every operation of SSM's public API, read from the SDK's client. */
public final class OperationTable {
  private final Map<String, Operation> byName = new TreeMap<>();

  public OperationTable() {
    for (Method method : SsmClient.class.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && SsmRequest.class.isAssignableFrom(parameters[0])
          && SsmResponse.class.isAssignableFrom(method.getReturnType())) {
        Class<? extends SsmRequest> request = parameters[0].asSubclass(SsmRequest.class);
        Operation operation =
            new Operation(
                nameOf(request), request, method.getReturnType().asSubclass(SsmResponse.class));
        byName.put(operation.name(), operation);
      }
    }
  }

  /** The operation that takes such a request. */
  public static String nameOf(Class<? extends SsmRequest> request) {
    String simple = request.getSimpleName();
    return simple.substring(0, simple.length() - "Request".length());
  }

  public Optional<Operation> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, by name. */
  public Collection<Operation> all() {
    return byName.values();
  }
}
