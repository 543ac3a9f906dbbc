package dev.fleetmend.cli.declare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what is run on nodes: by a schedule where there is one, else at once. */
final class ScheduleReader {
  static final List<String> KEYS =
      List.of(
          "Name",
          "Description",
          "Targets",
          "Schedule",
          "Timezone",
          "Duration",
          "Cutoff",
          "Enabled",
          "Actions",
          "MaxConcurrency",
          "MaxErrors");

  private static final List<Declaration.Action> INSTALL =
      List.of(new Declaration.Action(ActionReader.PATCH, Map.of("Operation", List.of("Install"))));

  private final Source source;
  private final Fields fields;
  private final List<String> notes = new ArrayList<>();

  private ScheduleReader(Source source, Value value) {
    this.source = source;
    this.fields = new Fields(source, value, "a schedule", KEYS);
  }

  static Declaration read(Source source, Value value) {
    ScheduleReader reader = new ScheduleReader(source, value);
    return reader.fields.has("Schedule") ? reader.schedule() : reader.run();
  }

  private Declaration.Schedule schedule() {
    String name = Names.resource(source, fields, notes);
    ObjectNode window = JsonNodeFactory.instance.objectNode().put("Name", name);
    fields.text("Description").ifPresent(text -> window.put("Description", text));
    int duration = fields.number("Duration", 1, 24).orElse(3);
    int cutoff = fields.number("Cutoff", 0, 23).orElse(Math.min(1, duration - 1));
    if (cutoff >= duration) {
      throw source.refuse(fields.line("Cutoff"), "'Cutoff' must be less than 'Duration'");
    }
    window
        .put("Schedule", expression())
        .put("ScheduleTimezone", zone())
        .put("Duration", duration)
        .put("Cutoff", cutoff)
        .put("AllowUnassociatedTargets", false)
        .put("Enabled", fields.flag("Enabled").orElse(true));
    List<Declaration.Action> actions = new ActionReader(source).read(fields);
    if (actions.isEmpty()) {
      actions = INSTALL;
      notes.add("it says no action, so it installs what the nodes' baselines approve");
    }
    return new Declaration.Schedule(
        name, window, TargetReader.read(source, fields), actions, limits(), List.copyOf(notes));
  }

  private Declaration.Run run() {
    for (String key : List.of("Timezone", "Duration", "Cutoff", "Enabled")) {
      if (fields.has(key)) {
        throw source.refuse(fields.line(key), "'" + key + "' needs a 'Schedule'");
      }
    }
    List<Declaration.Action> actions = new ActionReader(source).read(fields);
    if (actions.isEmpty()) {
      throw source.refuse(fields.line(), "neither 'Schedule' nor 'Actions' says what to do");
    }
    return new Declaration.Run(
        fields.require("Name"),
        TargetReader.read(source, fields),
        actions,
        limits(),
        List.copyOf(notes));
  }

  /** SendCommand's own defaults where the file says nothing. */
  private Declaration.Limits limits() {
    return new Declaration.Limits(
        limit("MaxConcurrency", "50", "[1-9]\\d{0,6}|[1-9]\\d?%|100%"),
        limit("MaxErrors", "0", "\\d{1,7}|[1-9]?\\d%|100%"));
  }

  private String limit(String name, String otherwise, String form) {
    String limit = fields.text(name).orElse(otherwise);
    if (!limit.matches(form)) {
      throw source.refuse(
          fields.line(name), "'" + name + "' is a number or a percentage, not '" + limit + "'");
    }
    return limit;
  }

  private String expression() {
    Value value = fields.value("Schedule");
    if (value instanceof Value.Items items) {
      if (items.values().size() != 1) {
        throw source.refuse(
            items.line(), "a window has one schedule; write another item for a second one");
      }
      value = items.values().getFirst();
    }
    if (value instanceof Value.Members members) {
      Fields form = new Fields(source, members, "a schedule", List.of("Cron", "Rate", "At"));
      if (members.members().size() != 1) {
        throw source.refuse(members.line(), "a schedule is one of cron, rate and at");
      }
      Value.Member member = members.members().getFirst();
      String words =
          form.require(Spelling.match(member.key(), List.of("Cron", "Rate", "At")).orElseThrow());
      return expression(
          member.line(),
          Spelling.loose(member.key()).equals("at") && !words.startsWith("at(")
              ? "at(" + words + ")"
              : words);
    }
    return expression(fields.line("Schedule"), fields.require("Schedule"));
  }

  private String expression(int line, String words) {
    String expression =
        ScheduleExpression.of(words)
            .orElseThrow(
                () ->
                    source.refuse(
                        line,
                        "the schedule '"
                            + words
                            + "' is not known: write "
                            + ScheduleExpression.FORMS));
    if (!expression.equals(words)) {
      notes.add("'" + words + "' is " + expression);
    }
    return expression;
  }

  private String zone() {
    String zone = fields.text("Timezone").orElse("UTC");
    try {
      return ZoneId.of(zone).getId();
    } catch (DateTimeException e) {
      throw source.refuseWord(
          fields.line("Timezone"), "time zone", zone, ZoneId.getAvailableZoneIds());
    }
  }
}
