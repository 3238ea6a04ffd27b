package dev.lockstep.engine.journal;

import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;

/** Writes schemas and their types. */
final class TypeWriter {
  static final int BOOL = 1;
  static final int INT = 2;
  static final int FLOAT = 3;
  static final int DECIMAL = 4;
  static final int TEXT = 5;
  static final int BYTES = 6;
  static final int DATE = 7;
  static final int TIME = 8;
  static final int DATE_TIME = 9;
  static final int TIMESTAMP = 10;
  static final int JSON = 11;
  static final int LIST = 12;
  static final int ANY = 13;

  private final BytesOut out;
  private final ValueWriter values;

  TypeWriter(BytesOut out, ValueWriter values) {
    this.out = out;
    this.values = values;
  }

  void schema(Schema schema) {
    out.varint(schema.size());
    for (Field field : schema.fields()) {
      values.text(field.name());
      out.octet(field.nullable() ? 1 : 0);
      type(field.type(), 0);
    }
  }

  private void type(Type type, int depth) {
    switch (type) {
      case Type.Bool() -> out.octet(BOOL);
      case Type.Int() -> out.octet(INT);
      case Type.Float() -> out.octet(FLOAT);
      case Type.Decimal(int precision, int scale) -> {
        out.octet(DECIMAL);
        out.varint(precision);
        out.varint(scale);
      }
      case Type.Text(int maxLength) -> {
        out.octet(TEXT);
        out.zigzag(maxLength);
      }
      case Type.Bytes() -> out.octet(BYTES);
      case Type.Date() -> out.octet(DATE);
      case Type.Time() -> out.octet(TIME);
      case Type.DateTime() -> out.octet(DATE_TIME);
      case Type.Timestamp() -> out.octet(TIMESTAMP);
      case Type.Json() -> out.octet(JSON);
      case Type.Any() -> out.octet(ANY);
      case Type.ListOf(Type element) -> {
        if (depth >= Tag.DEEPEST) {
          throw new IllegalArgumentException("lists within lists deeper than " + Tag.DEEPEST);
        }
        out.octet(LIST);
        type(element, depth + 1);
      }
    }
  }
}
