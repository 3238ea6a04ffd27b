package dev.lockstep.hub.expression;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One value read as another kind; decides once what empty means for each. */
record Reading(ZoneId zone) {

  /** A field's value in the one form its kind has. */
  @Nullable Object carrier(@Nullable Object value) throws Unfit {
    return value instanceof Number number ? Numbers.of(number) : value;
  }

  /** Empty is false. */
  boolean truth(@Nullable Object value) throws Unfit {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (isEmpty(value)) {
      return false;
    }
    throw new Unfit(
        Kind.of(value).words() + " stands where true or false is wanted",
        "compare it with something, such as status == 0");
  }

  /** Empty is 0. */
  BigDecimal number(@Nullable Object value) throws Unfit {
    return switch (value) {
      case BigDecimal number -> number;
      case String text when !text.isBlank() -> Numbers.parse(text);
      case null -> BigDecimal.ZERO;
      case String _ -> BigDecimal.ZERO;
      default ->
          throw new Unfit(
              Kind.of(value).words() + " stands where a number is wanted", "give it a number");
    };
  }

  /** Empty is the empty text. */
  String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case List<?> values -> values.stream().map(this::text).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  /**
   * Numbers are equal by what they are worth, dates by the moment, a date also to its text; a
   * number is never equal to a text.
   */
  boolean equal(@Nullable Object left, @Nullable Object right) {
    if (isEmpty(left) || isEmpty(right)) {
      return isEmpty(left) && isEmpty(right);
    }
    if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (Dates.isDate(left) || Dates.isDate(right)) {
      Object moment = Dates.moment(left, zone);
      return moment != null && moment.equals(Dates.moment(right, zone));
    }
    if (left instanceof List || right instanceof List) {
      return text(left).equals(text(right));
    }
    return Objects.equals(left, right);
  }

  static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty();
      case List<?> values -> values.isEmpty();
      default -> false;
    };
  }

  /** Empty, or nothing but white space; a list, if all that is in it is. */
  static boolean isBlank(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isBlank();
      case List<?> values -> values.stream().allMatch(Reading::isBlank);
      default -> false;
    };
  }
}
