package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows of one source schema become rows of the target, with every name looked up and every
 * converter chosen beforehand: per row only arrays are touched.
 */
final class Plan {
  private static final int NOT_COPIED = -1;

  private final Schema source;
  private final Schema target;
  private final int[] from;
  private final @Nullable Converter[] converters;
  private final @Nullable Object[] prototype;
  private final FieldSource.@Nullable Computed[] computed;
  private final boolean[] required;
  private final boolean identity;
  private final boolean hasExpressions;

  Plan(Schema source, List<TargetField> fields) {
    int size = fields.size();
    this.source = source;
    this.from = new int[size];
    this.converters = new @Nullable Converter[size];
    this.prototype = new @Nullable Object[size];
    this.computed = new FieldSource.@Nullable Computed[size];
    this.required = new boolean[size];
    boolean same = size == source.size();
    boolean expressions = false;
    for (int i = 0; i < size; i++) {
      prepare(i, fields.get(i));
      same &= from[i] == i && converters[i] == null;
      expressions |= computed[i] != null;
    }
    this.identity = same;
    this.hasExpressions = expressions;
    Schema shape = new Schema(fields.stream().map(TargetField::field).toList());
    this.target = shape.equals(source) ? source : shape;
  }

  private void prepare(int i, TargetField field) {
    from[i] = NOT_COPIED;
    prototype[i] = Row.ABSENT;
    required[i] = !field.field().nullable();
    switch (field.source()) {
      case FieldSource.Copy(String name) -> {
        from[i] = source.indexOf(name);
        if (from[i] != NOT_COPIED) {
          converters[i] = converter(source.field(from[i]), field.field());
        }
      }
      case FieldSource.Constant(Object value) -> prototype[i] = value;
      case FieldSource.Computed expression -> computed[i] = expression;
    }
  }

  private static @Nullable Converter converter(Field source, Field target) {
    return switch (Conversions.between(source.type(), target.type())) {
      case Conversion.Same() -> null;
      case Conversion.Possible(Converter converter, var warning) -> converter;
      case Conversion.Impossible impossible -> refusing(impossible, source, target.type());
    };
  }

  /** A source whose rows arrive with another type than it declared is answered per record. */
  private static Converter refusing(Conversion.Impossible impossible, Field source, Type target) {
    String remedy = impossible.remedy("record." + source.name());
    return value -> {
      throw Unfit.value(value, target, remedy);
    };
  }

  // Sources share one instance per batch; comparing field by field would cost more than it finds.
  @SuppressWarnings("ReferenceEquality")
  boolean isFor(Schema schema) {
    return schema == source;
  }

  Schema target() {
    return target;
  }

  /** Throws {@link Unfit}, naming the field, for a record that cannot be mapped. */
  Row apply(Row row) {
    @Nullable Object[] values = identity ? row.values() : copied(row.values());
    if (hasExpressions) {
      compute(new Subject(row), values);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && required[i]) {
        throw emptied(i);
      }
    }
    return new Row(target, values);
  }

  private @Nullable Object[] copied(@Nullable Object[] values) {
    @Nullable Object[] out = prototype.clone();
    int i = 0;
    try {
      for (; i < out.length; i++) {
        if (from[i] != NOT_COPIED) {
          out[i] = converted(values[from[i]], converters[i]);
        }
      }
    } catch (Unfit e) {
      throw e.at(place(i));
    }
    return out;
  }

  private void compute(Subject subject, @Nullable Object[] out) {
    for (int i = 0; i < out.length; i++) {
      FieldSource.Computed field = computed[i];
      if (field != null) {
        try {
          out[i] = converted(field.expression().evaluate(subject), field.converter());
        } catch (Unfit e) {
          throw e.at(place(i));
        }
      }
    }
  }

  private static @Nullable Object converted(@Nullable Object value, @Nullable Converter converter) {
    return converter == null || value == null || value == Row.ABSENT
        ? value
        : converter.convert(value);
  }

  private String place(int i) {
    return "field '" + target.field(i).name() + "'";
  }

  private Unfit emptied(int i) {
    return new Unfit(
        place(i) + ": it is null, and the target's field cannot be",
        "map it with a value for that case: default(record.…, …)");
  }
}
