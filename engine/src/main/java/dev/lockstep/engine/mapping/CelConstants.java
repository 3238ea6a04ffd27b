package dev.lockstep.engine.mapping;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.lockstep.connector.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Constants of an expression as carriers, where being compared as such makes no difference. */
final class CelConstants {
  /** Not every system has a year 0. */
  private static final String DAY = "(?!0000)\\d{4}-\\d\\d-\\d\\d";

  private static final Pattern DATE = Pattern.compile(DAY);
  private static final Pattern TIMESTAMP =
      Pattern.compile(DAY + "T(?!24)\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z");

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");

  /** Whole numbers up to here are floats as they are. */
  private static final long EXACT = 1L << 53;

  private CelConstants() {}

  static Optional<Object> carrier(CelExpr of, Type type) {
    if (of.getKind() == Kind.CALL) {
      return called(of.call(), type);
    }
    return of.getKind() == Kind.CONSTANT ? carrier(of.constant(), type) : Optional.empty();
  }

  private static Optional<Object> called(CelExpr.CelCall call, Type type) {
    if (call.target().isPresent()
        || call.args().size() != 1
        || call.args().getFirst().getKind() != Kind.CONSTANT
        || call.args().getFirst().constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return Optional.empty();
    }
    String text = call.args().getFirst().constant().stringValue();
    return switch (type) {
      case Type.Timestamp time when call.function().equals("timestamp") ->
          parsed(text, TIMESTAMP, Instant::parse);
      case Type.Decimal number when call.function().equals("decimal") ->
          parsed(text, DECIMAL, BigDecimal::new);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> carrier(CelConstant constant, Type type) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> text(constant.stringValue(), type);
      case INT64_VALUE -> whole(constant.int64Value(), type);
      case DOUBLE_VALUE -> fraction(constant.doubleValue(), type);
      case BOOLEAN_VALUE ->
          type instanceof Type.Bool ? Optional.of(constant.booleanValue()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Object> text(String text, Type type) {
    return switch (type) {
      case Type.Text any when isPlain(text) -> Optional.of(text);
      // Expressions compare dates as texts of this form, which is the same for the same length.
      case Type.Date date -> parsed(text, DATE, LocalDate::parse);
      default -> Optional.empty();
    };
  }

  /**
   * Java puts characters beyond the first 65,536 before some of those; with none of either in the
   * constant that makes no difference.
   */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c < Character.MIN_SURROGATE);
  }

  private static Optional<Object> whole(long number, Type type) {
    return switch (type) {
      case Type.Int any -> Optional.of(number);
      case Type.Decimal any -> Optional.of(BigDecimal.valueOf(number));
      case Type.Float any when Math.abs(number) <= EXACT -> Optional.of((double) number);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> fraction(double number, Type type) {
    if (!Double.isFinite(number)) {
      return Optional.empty();
    }
    return switch (type) {
      case Type.Float any -> Optional.of(number);
      case Type.Decimal any -> Optional.of(BigDecimal.valueOf(number));
      default -> Optional.empty();
    };
  }

  private static Optional<Object> parsed(
      String text, Pattern form, Function<String, Object> parser) {
    if (!form.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
