package dev.lockstep.engine.journal;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link TypeWriter} wrote. */
final class TypeReader {
  private final BytesIn in;
  private final ValueReader values;

  TypeReader(BytesIn in, ValueReader values) {
    this.in = in;
    this.values = values;
  }

  Schema schema() {
    int count = in.count();
    List<Field> fields = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      String name = values.text();
      boolean nullable = flag();
      fields.add(new Field(name, type(0), nullable));
    }
    return new Schema(fields);
  }

  private boolean flag() {
    int flag = in.octet();
    if (flag > 1) {
      throw in.damaged("a flag of " + flag);
    }
    return flag == 1;
  }

  private Type type(int depth) {
    int tag = in.octet();
    return switch (tag) {
      case TypeWriter.BOOL -> new Type.Bool();
      case TypeWriter.INT -> new Type.Int();
      case TypeWriter.FLOAT -> new Type.Float();
      case TypeWriter.DECIMAL -> {
        int precision = in.int32(in.varint());
        yield new Type.Decimal(precision, in.int32(in.varint()));
      }
      case TypeWriter.TEXT -> new Type.Text(in.int32(in.zigzag()));
      case TypeWriter.BYTES -> new Type.Bytes();
      case TypeWriter.DATE -> new Type.Date();
      case TypeWriter.TIME -> new Type.Time();
      case TypeWriter.DATE_TIME -> new Type.DateTime();
      case TypeWriter.TIMESTAMP -> new Type.Timestamp();
      case TypeWriter.JSON -> new Type.Json();
      case TypeWriter.ANY -> new Type.Any();
      case TypeWriter.LIST -> {
        if (depth >= Tag.DEEPEST) {
          throw in.damaged("lists within lists deeper than " + Tag.DEEPEST);
        }
        yield new Type.ListOf(type(depth + 1));
      }
      default -> throw in.damaged("no type is " + tag);
    };
  }
}
