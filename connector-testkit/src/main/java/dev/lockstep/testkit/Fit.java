package dev.lockstep.testkit;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a value is one that its field's type admits. */
final class Fit {
  private Fit() {}

  /** The rejection of the first value that the dataset cannot hold; ABSENT always fits. */
  static Optional<Outcome.Rejected> refusal(Dataset dataset, Row row) {
    for (Field given : row.schema().fields()) {
      int index = dataset.schema().indexOf(given.name());
      Object value = row.get(given.name());
      if (index < 0) {
        if (!dataset.open() && value != Row.ABSENT) {
          return rejected(
              "there is no field '" + given.name() + "'", "leave it out of the mapping");
        }
      } else if (value != Row.ABSENT && !fits(dataset.schema().field(index), value)) {
        return rejected(
            "'" + given.name() + "' cannot hold " + shown(value),
            "map a value that fits " + dataset.schema().field(index).type().label());
      }
    }
    return Optional.empty();
  }

  static boolean fits(Field field, @Nullable Object value) {
    return value == null ? field.nullable() : fits(field.type(), value);
  }

  static boolean fits(Type type, Object value) {
    if (!type.carrier().isInstance(value) || Special.isIn(value)) {
      return false;
    }
    return switch (type) {
      case Type.Text(int most) ->
          most == 0 || ((String) value).codePointCount(0, ((String) value).length()) <= most;
      case Type.Decimal(int precision, int scale) ->
          precision == 0 || fits((BigDecimal) value, precision, scale);
      case Type.ListOf(Type element) ->
          ((List<?>) value).stream().allMatch(each -> each != null && fits(element, each));
      case Type.Bool(),
          Type.Int(),
          Type.Float(),
          Type.Bytes(),
          Type.Date(),
          Type.Time(),
          Type.DateTime(),
          Type.Timestamp(),
          Type.Json(),
          Type.Any() ->
          true;
    };
  }

  private static boolean fits(BigDecimal value, int precision, int scale) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= scale && plain.precision() - plain.scale() <= precision - scale;
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "null" : "this " + value.getClass().getSimpleName();
  }

  private static Optional<Outcome.Rejected> rejected(String reason, String remedy) {
    return Optional.of(new Outcome.Rejected(reason, remedy));
  }
}
