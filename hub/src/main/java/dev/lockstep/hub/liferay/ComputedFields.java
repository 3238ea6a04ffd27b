package dev.lockstep.hub.liferay;

import dev.lockstep.hub.Entry;
import dev.lockstep.hub.Hub;
import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.expression.Expression;
import dev.lockstep.hub.expression.ExpressionFault;
import dev.lockstep.hub.object.BusinessType;
import dev.lockstep.hub.object.DefinedField;
import dev.lockstep.hub.object.EntryScope;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values that are worked out when an entry is read. */
final class ComputedFields {
  private final Hub hub;
  private final Access access;

  ComputedFields(Hub hub, Access access) {
    this.hub = hub;
    this.access = access;
  }

  @Nullable Object of(EntryShape shape, EntryShape.Column column, Entry entry)
      throws InterruptedException {
    return column.type() == BusinessType.FORMULA
        ? formula(column.field(), entry)
        : aggregation(shape, column.field(), entry);
  }

  private static @Nullable Object formula(DefinedField field, Entry entry) {
    String script = field.setting("script").orElse("");
    if (script.isBlank()) {
      return null;
    }
    try {
      return Expression.parse(script)
          .evaluate(new EntryScope(null, entry, InstantSource.system().instant()));
    } catch (ExpressionFault unfit) {
      // What cannot be computed of this entry is no value; the entry itself is still read.
      return null;
    }
  }

  private @Nullable Object aggregation(EntryShape shape, DefinedField field, Entry entry)
      throws InterruptedException {
    EntryShape.Way way = shape.ways().get(field.setting("objectRelationshipName").orElse(""));
    if (way == null) {
      return null;
    }
    String function = field.setting("function").orElse("COUNT").toUpperCase(Locale.ROOT);
    String of = field.setting("objectFieldName").orElse("");
    String value =
        switch (function) {
          case "SUM" -> "sum(CAST(" + hub.column(way.other().path(), of) + " AS DOUBLE PRECISION))";
          case "AVERAGE" ->
              "avg(CAST(" + hub.column(way.other().path(), of) + " AS DOUBLE PRECISION))";
          case "MIN" -> "min(CAST(" + hub.column(way.other().path(), of) + " AS DOUBLE PRECISION))";
          case "MAX" -> "max(CAST(" + hub.column(way.other().path(), of) + " AS DOUBLE PRECISION))";
          default -> "count(*)";
        };
    String query =
        "SELECT "
            + value
            + " FROM "
            + hub.tableName(way.other().path())
            + " WHERE "
            + RelatedQuery.of(hub, shape, way, access).sql();
    return hub.read(tx ->
        tx.first(query, row -> row.isNull(1) ? "0" : number(row.real(1)), entry.id()).orElse("0"));
  }

  /** Aggregated values are texts; a whole number has no fraction. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
