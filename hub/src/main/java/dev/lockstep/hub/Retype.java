package dev.lockstep.hub;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Problem;
import dev.lockstep.connector.Type;
import dev.lockstep.store.Tx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field whose declared type changed, and the carrying of its values to the new column. One value
 * that the new type cannot hold whole refuses the change.
 */
record Retype(String object, ObjectField target, Catalogue.Stored source, String column) {
  private static final int PAGE = 1000;

  String field() {
    return target.name();
  }

  private record Old(long id, String code, Object value) {}

  /** Carries every value over; answers why not when one would be lost. */
  Optional<Problem> carry(Tx tx, String table) {
    ObjectField lenient = new ObjectField(target.name(), target.type(), false, List.of(), null);
    String old = ObjectTable.quoted(source.column());
    String select =
        "SELECT id, erc, "
            + old
            + " FROM "
            + table
            + " WHERE id > ? AND "
            + old
            + " IS NOT NULL ORDER BY id LIMIT "
            + PAGE;
    String update = "UPDATE " + table + " SET " + ObjectTable.quoted(column) + " = ? WHERE id = ?";
    long after = Long.MIN_VALUE;
    for (List<Old> page = read(tx, select, after);
        !page.isEmpty();
        page = read(tx, select, after)) {
      List<@Nullable Object[]> carried = new ArrayList<>(page.size());
      for (Old row : page) {
        FieldCheck.Checked checked = PostgresForm.kept(convert(lenient, row.value()), tx.product());
        switch (checked) {
          case FieldCheck.Good(Object value) ->
              carried.add(new @Nullable Object[] {ColumnForm.to(value), row.id()});
          case FieldCheck.Bad bad -> {
            return Optional.of(refused(row, bad));
          }
        }
      }
      if (!column.equals(source.column())) {
        tx.batch(update, carried);
      }
      after = page.getLast().id();
    }
    return Optional.empty();
  }

  private List<Old> read(Tx tx, String select, long after) {
    return tx.list(
        select,
        row -> {
          Object value = ColumnForm.from(source.type(), row, 3);
          return new Old(row.integer(1), row.text(2), value == null ? "" : value);
        },
        after);
  }

  private static FieldCheck.Checked convert(ObjectField field, Object value) {
    FieldCheck.Checked checked = FieldCheck.check(field, loose(field.type(), value));
    return checked instanceof FieldCheck.Good(Double number)
            && value instanceof BigDecimal was
            && new BigDecimal(number).compareTo(was) != 0
        ? new FieldCheck.Bad(Rule.RANGE, "would be rounded to " + number, "keep it a decimal")
        : checked;
  }

  /** The old value as something {@link Conversion} takes. */
  private static Object loose(Type type, Object value) {
    if (type instanceof Type.Text) {
      return switch (value) {
        case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
        case BigDecimal number -> number.toPlainString();
        case JsonText json -> json.text();
        default -> value.toString();
      };
    }
    if (value instanceof String text) {
      try {
        return Conversion.parse(type, text);
      } catch (Conversion.Unfit unfit) {
        return text;
      }
    }
    return value instanceof Double number ? BigDecimal.valueOf(number) : value;
  }

  private Problem refused(Old row, FieldCheck.Bad bad) {
    return new Problem(
        "hub.objects." + object + ".fields." + target.name() + ".type",
        "the stored values are "
            + source.type().label()
            + " and would be lost as "
            + target.type().label()
            + ": in entry '"
            + row.code()
            + "' it "
            + bad.message(),
        "keep type "
            + source.type().label()
            + ", correct the entries first, or declare a field of"
            + " another name");
  }
}
