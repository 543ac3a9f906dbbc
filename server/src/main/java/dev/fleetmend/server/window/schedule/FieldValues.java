package dev.fleetmend.server.window.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;
import java.util.BitSet;

/** The numbers that a field of a cron expression names. */
final class FieldValues {
  private FieldValues() {}

  /** A range that ends below its beginning goes round, as {@code FRI-MON} does. */
  static BitSet of(FieldExpression expression, int lowest, int highest) {
    BitSet values = new BitSet();
    switch (expression) {
      case Always _ -> values.set(lowest, highest + 1);
      case And and -> and.getExpressions().forEach(e -> values.or(of(e, lowest, highest)));
      case On on -> values.set(on.getTime().getValue());
      case Between between -> range(values, between, 1, lowest, highest);
      case Every every -> every(values, every, lowest, highest);
      default -> throw new ScheduleException(expression.asString() + " has no place in this field");
    }
    return values;
  }

  private static void every(BitSet values, Every every, int lowest, int highest) {
    int step = every.getPeriod().getValue();
    if (every.getExpression() instanceof Between between) {
      range(values, between, step, lowest, highest);
      return;
    }
    int from = every.getExpression() instanceof On on ? on.getTime().getValue() : lowest;
    for (int value = from; value <= highest; value += step) {
      values.set(value);
    }
  }

  private static void range(BitSet values, Between between, int step, int lowest, int highest) {
    int from = number(between.getFrom());
    int to = number(between.getTo());
    int count = highest - lowest + 1;
    int last = to < from ? to + count : to;
    for (int value = from; value <= last; value += step) {
      values.set(value > highest ? value - count : value);
    }
  }

  private static int number(FieldValue<?> value) {
    if (value.getValue() instanceof Integer number) {
      return number;
    }
    throw new ScheduleException(value + " is not a number");
  }
}
