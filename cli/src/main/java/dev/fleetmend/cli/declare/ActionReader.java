package dev.fleetmend.cli.declare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is to be run: documents and their parameters. */
final class ActionReader {
  static final String PATCH = "AWS-RunPatchBaseline";

  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          PATCH,
          List.of(
              "Operation",
              "RebootOption",
              "SnapshotId",
              "InstallOverrideList",
              "BaselineOverride",
              "TransactionId",
              "PatchIds",
              "StepTimeoutSeconds"),
          "AWS-RunShellScript",
          List.of("commands", "workingDirectory", "executionTimeout"),
          "AWS-RunPowerShellScript",
          List.of("commands", "workingDirectory", "executionTimeout"));
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "Operation", List.of("Scan", "Install", "Uninstall"),
          "RebootOption", List.of("RebootIfNeeded", "NoReboot"));

  private final Source source;

  ActionReader(Source source) {
    this.source = source;
  }

  List<Declaration.Action> read(Fields fields) {
    List<Declaration.Action> actions = new ArrayList<>();
    for (Value item : fields.items("Actions")) {
      actions.add(action(new Fields(source, item, "an action", List.of("Key", "Parameters"))));
    }
    return List.copyOf(actions);
  }

  private Declaration.Action action(Fields action) {
    String given = action.require("Key");
    String document =
        Spelling.match(given, PARAMETERS.keySet())
            .orElseGet(() -> otherDocument(action.line("Key"), given));
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    Value value = action.value("Parameters");
    if (value instanceof Value.Members members) {
      for (Value.Member member : members.members()) {
        String name = parameterName(document, member);
        parameters.put(name, values(document, name, member));
      }
    } else if (value != null) {
      throw source.refuse(value.line(), "'Parameters' must be a group of keys");
    }
    if (document.equals(PATCH) && !parameters.containsKey("Operation")) {
      throw source.refuse(
          action.line(), "the action needs the parameter Operation: Scan, Install or Uninstall");
    }
    return new Declaration.Action(document, parameters);
  }

  /** A document that this program does not know; the server does or does not. */
  private String otherDocument(int line, String given) {
    if (Spelling.nearest(given, PARAMETERS.keySet()).isPresent()) {
      throw source.refuseWord(line, "document", given, PARAMETERS.keySet());
    }
    return given;
  }

  private String parameterName(String document, Value.Member member) {
    List<String> known = PARAMETERS.get(document);
    if (known == null) {
      return member.key();
    }
    return Spelling.match(member.key(), known)
        .orElseThrow(() -> source.refuseWord(member.line(), "parameter", member.key(), known));
  }

  private List<String> values(String document, String name, Value.Member member) {
    List<String> words = document.equals(PATCH) ? WORDS.get(name) : null;
    List<String> values = new ArrayList<>();
    for (Value item :
        member.value() instanceof Value.Items items ? items.values() : List.of(member.value())) {
      if (!(item instanceof Value.Scalar scalar)) {
        throw source.refuse(item.line(), "the parameter " + name + " must be a single value");
      }
      values.add(
          words == null
              ? scalar.text()
              : Spelling.match(scalar.text(), words)
                  .orElseThrow(() -> source.refuseWord(scalar.line(), name, scalar.text(), words)));
    }
    return List.copyOf(values);
  }
}
