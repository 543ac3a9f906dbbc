package dev.fleetmend.server.window.schedule;

import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.SpecialChar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.function.Predicate;

/** Which dates the two day fields of a cron expression name. */
final class DayRules {
  private DayRules() {}

  static Predicate<LocalDate> ofMonth(FieldExpression expression) {
    if (expression instanceof And and) {
      return and.getExpressions().stream()
          .map(DayRules::ofMonth)
          .reduce(date -> false, Predicate::or);
    }
    if (expression instanceof On on) {
      SpecialChar special = on.getSpecialChar().getValue();
      int day = on.getTime().getValue();
      return switch (special) {
        case L -> date -> date.getDayOfMonth() == date.lengthOfMonth();
        case LW -> date -> date.equals(nearestWeekday(date, date.lengthOfMonth()));
        case W -> date -> day <= date.lengthOfMonth() && date.equals(nearestWeekday(date, day));
        default -> date -> date.getDayOfMonth() == day;
      };
    }
    BitSet days = FieldValues.of(expression, 1, 31);
    return date -> days.get(date.getDayOfMonth());
  }

  static Predicate<LocalDate> ofWeek(FieldExpression expression) {
    if (expression instanceof And and) {
      return and.getExpressions().stream()
          .map(DayRules::ofWeek)
          .reduce(date -> false, Predicate::or);
    }
    if (expression instanceof On on) {
      return ofWeek(on);
    }
    BitSet days = FieldValues.of(expression, 1, 7);
    return date -> days.get(sundayIsOne(date));
  }

  private static Predicate<LocalDate> ofWeek(On on) {
    int day = on.getTime().getValue();
    return switch (on.getSpecialChar().getValue()) {
      case L -> {
        if (day < 1) {
          yield date -> date.getDayOfWeek() == DayOfWeek.SATURDAY;
        }
        yield date -> sundayIsOne(date) == day && date.getDayOfMonth() + 7 > date.lengthOfMonth();
      }
      case HASH -> {
        int nth = on.getNth().getValue();
        yield date -> sundayIsOne(date) == day && (date.getDayOfMonth() - 1) / 7 + 1 == nth;
      }
      default -> date -> sundayIsOne(date) == day;
    };
  }

  /** The weekday nearest to a day of the date's month, within that month. */
  private static LocalDate nearestWeekday(LocalDate date, int day) {
    LocalDate wanted = date.withDayOfMonth(day);
    return switch (wanted.getDayOfWeek()) {
      case SATURDAY -> day == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
      case SUNDAY -> day == date.lengthOfMonth() ? wanted.minusDays(2) : wanted.plusDays(1);
      default -> wanted;
    };
  }

  private static int sundayIsOne(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7 + 1;
  }
}
