package dev.fleetmend.cli.plan;

import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.declare.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What declarations would change, in their order. */
public record Plan(List<Declaration> declarations, List<Change> changes) {
  /** Compares declarations with what the server has; changes nothing. */
  public static Plan of(Api api, List<Declaration> declarations) {
    List<Change> changes = new ArrayList<>();
    for (Declaration declaration : declarations) {
      changes.add(
          switch (declaration) {
            case Declaration.Baseline baseline -> new BaselinePlan(api, baseline).plan();
            case Declaration.Schedule schedule -> new SchedulePlan(api, schedule).plan();
            case Declaration.Run run -> new RunPlan(api, run).plan();
          });
    }
    return new Plan(List.copyOf(declarations), List.copyOf(changes));
  }

  public boolean changesNothing() {
    return count(Change.Kind.UNCHANGED) == changes.size();
  }

  public String describe() {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < changes.size(); index++) {
      text.append(changes.get(index).describe(declarations.get(index).notes()));
    }
    return text.append(
            "Plan: %d to create, %d to change, %d unchanged, %d to run.%n"
                .formatted(
                    count(Change.Kind.CREATE),
                    count(Change.Kind.UPDATE),
                    count(Change.Kind.UNCHANGED),
                    count(Change.Kind.RUN)))
        .toString();
  }

  /** Carries it out, one change after another, telling of each. */
  public void carryOut(Progress progress, Consumer<String> told) {
    for (Change change : changes) {
      if (change.kind() != Change.Kind.UNCHANGED) {
        progress.show(change.what());
        String done = change.work().run(progress);
        progress.clear();
        told.accept(done);
      }
    }
  }

  private long count(Change.Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).count();
  }
}
