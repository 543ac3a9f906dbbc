package dev.fleetmend.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line: a command, its operands, and options {@code --name VALUE} or {@code --flag}. */
final class Options {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  /**
   * Takes the arguments apart.
   *
   * @throws UsageException for an option that is not known or lacks its value
   */
  static Options parse(List<String> arguments, Set<String> withValue, Set<String> flags)
      throws UsageException {
    Options options = new Options();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        options.operands.add(argument);
      } else if (flags.contains(argument)) {
        options.values.put(argument, "");
      } else if (!withValue.contains(argument)) {
        throw new UsageException("unknown option " + argument);
      } else if (++i == arguments.size()) {
        throw new UsageException(argument + " needs a value");
      } else {
        options.values.put(argument, arguments.get(i));
      }
    }
    return options;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  String get(String name, String byDefault) {
    return values.getOrDefault(name, byDefault);
  }

  String required(String name) throws UsageException {
    String value = values.get(name);
    if (value == null) {
      throw new UsageException(name + " is missing");
    }
    return value;
  }

  List<String> operands() {
    return operands;
  }
}
