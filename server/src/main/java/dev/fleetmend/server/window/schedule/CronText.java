package dev.fleetmend.server.window.schedule;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads AWS's cron: {@code [seconds] minutes hours day-of-month month day-of-week year}, with 1 for
 * Sunday, and exactly one {@code ?} in the two day fields.
 */
final class CronText {
  static final CronDefinition AWS =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .withValidRange(0, 59)
          .withStrictRange()
          .and()
          .withMinutes()
          .withValidRange(0, 59)
          .withStrictRange()
          .and()
          .withHours()
          .withValidRange(0, 23)
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .supportsL()
          .supportsW()
          .supportsLW()
          .supportsQuestionMark()
          .withStrictRange()
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(1, 7)
          .withMondayDoWValue(2)
          .supportsHash()
          .supportsL()
          .supportsQuestionMark()
          .and()
          .withYear()
          .withValidRange(1970, 2199)
          .withStrictRange()
          .and()
          .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
          .instance();

  private static final Pattern BEYOND_FIFTH = Pattern.compile("#([^1-5]|[0-9]{2})");
  private static final Pattern SPACES = Pattern.compile(" +");

  private CronText() {}

  static Cron parse(String text) {
    Map<CronFieldName, CronField> fields = fields(text);
    FieldExpression dayOfMonth = expression(fields, CronFieldName.DAY_OF_MONTH);
    Predicate<LocalDate> day =
        dayOfMonth instanceof QuestionMark
            ? DayRules.ofWeek(expression(fields, CronFieldName.DAY_OF_WEEK))
            : DayRules.ofMonth(dayOfMonth);
    return new Cron(
        FieldValues.of(expression(fields, CronFieldName.SECOND), 0, 59),
        FieldValues.of(expression(fields, CronFieldName.MINUTE), 0, 59),
        FieldValues.of(expression(fields, CronFieldName.HOUR), 0, 23),
        day,
        FieldValues.of(expression(fields, CronFieldName.MONTH), 1, 12),
        FieldValues.of(expression(fields, CronFieldName.YEAR), 1970, 2199));
  }

  private static Map<CronFieldName, CronField> fields(String text) {
    String[] words = SPACES.split(text.strip().toUpperCase(Locale.ROOT));
    if (words.length != 6 && words.length != 7) {
      throw refused(text, "6 fields are expected, or 7 with seconds in front, not " + words.length);
    }
    String dayOfMonth = words[words.length - 4];
    String dayOfWeek = words[words.length - 2];
    if (dayOfMonth.equals("?") == dayOfWeek.equals("?")) {
      throw refused(text, "exactly one of day-of-month and day-of-week must be ?");
    }
    if (dayOfMonth.contains("L-")) {
      throw refused(text, "L takes no offset");
    }
    if (BEYOND_FIFTH.matcher(dayOfWeek).find()) {
      throw refused(text, "# takes 1 to 5");
    }
    String whole = (words.length == 6 ? "0 " : "") + String.join(" ", words);
    try {
      return new CronParser(AWS).parse(whole).validate().retrieveFieldsAsMap();
    } catch (IllegalArgumentException e) {
      throw refused(text, String.valueOf(e.getMessage()));
    }
  }

  private static FieldExpression expression(
      Map<CronFieldName, CronField> fields, CronFieldName name) {
    CronField field = fields.get(name);
    if (field == null) {
      throw new ScheduleException("cron expression without " + name);
    }
    return field.getExpression();
  }

  private static ScheduleException refused(String text, String reason) {
    return new ScheduleException("cron(" + text + "): " + reason);
  }
}
