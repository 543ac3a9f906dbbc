package dev.fleetmend.cli.ssm;

import dev.fleetmend.api.Operation;
import dev.fleetmend.api.OperationTable;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.declare.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;

/** An operation found by the aws CLI's spelling of its name. */
record SsmOperation(String name, SdkPojo request, SdkPojo response) {
  private static final String MODEL = "software.amazon.awssdk.services.ssm.model.";

  /** Without the table of all operations where the name is spelled right: that takes a while. */
  static SsmOperation find(String given) {
    String name =
        Arrays.stream(given.split("-", -1))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    try {
      return new SsmOperation(name, builder(name + "Request"), builder(name + "Response"));
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      String spelled = spelled(given);
      try {
        return new SsmOperation(
            spelled, builder(spelled + "Request"), builder(spelled + "Response"));
      } catch (ClassNotFoundException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static String spelled(String given) {
    List<String> known = new OperationTable().all().stream().map(Operation::name).toList();
    return Spelling.match(given, known)
        .orElseThrow(
            () ->
                new Problem(
                    ExitCode.USAGE,
                    "SSM has no operation '"
                        + given
                        + "'"
                        + Spelling.nearest(given, known)
                            .map(near -> ": did you mean " + RequestOptions.kebab(near) + "?")
                            .orElse("")
                        + "; nothing was asked"));
  }

  private static SdkPojo builder(String type) throws ClassNotFoundException {
    try {
      return (SdkPojo) Class.forName(MODEL + type).getMethod("builder").invoke(null);
    } catch (NoSuchMethodException
        | IllegalAccessException
        | java.lang.reflect.InvocationTargetException e) {
      throw new IllegalStateException("no builder of " + type, e);
    }
  }

  boolean takes(String member) {
    return request.sdkFields().stream().anyMatch(field -> field.locationName().equals(member));
  }
}
