package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column travel as one array: in their own binary form where the type is one of
 * PostgreSQL's own, and as texts that the server casts where not.
 *
 * @param element the array's element type as SQL names it
 * @param array the array's type as the driver names it
 * @param oid the element type's, which stands in the array's header
 */
record PgArrayForm(String element, String array, int oid, PgCodec codec) {
  static final int TEXT = 25;

  static PgArrayForm of(Column column) {
    PgCodec codec = (PgCodec) column.codec();
    return switch (codec.castType()) {
      case "smallint" -> new PgArrayForm("smallint", "_int2", 21, codec);
      case "integer" -> new PgArrayForm("integer", "_int4", 23, codec);
      case "bigint" -> new PgArrayForm("bigint", "_int8", 20, codec);
      case "real" -> new PgArrayForm("real", "_float4", 700, codec);
      case "double precision" -> new PgArrayForm("double precision", "_float8", 701, codec);
      case "boolean" -> new PgArrayForm("boolean", "_bool", 16, codec);
      case "numeric" -> new PgArrayForm("numeric", "_numeric", 1700, codec);
      case "uuid" -> new PgArrayForm("uuid", "_uuid", 2950, codec);
      case "bytea" -> new PgArrayForm("bytea", "_bytea", 17, codec);
      case "json" -> new PgArrayForm("json", "_json", 114, codec);
      case "jsonb" -> new PgArrayForm("jsonb", "_jsonb", 3802, codec);
      case "date" -> new PgArrayForm("date", "_date", 1082, codec);
      case "time", "time without time zone" ->
          new PgArrayForm("time without time zone", "_time", 1083, codec);
      case "timestamp", "timestamp without time zone" ->
          new PgArrayForm("timestamp without time zone", "_timestamp", 1114, codec);
      case "timestamptz", "timestamp with time zone" ->
          new PgArrayForm("timestamp with time zone", "_timestamptz", 1184, codec);
      default -> new PgArrayForm("text", "_text", TEXT, codec);
    };
  }

  /** The array types whose binary form the driver does not send by itself. */
  static final int[] ARRAY_OIDS = {
    1000, 1001, 1005, 1007, 1016, 1021, 1022, 1231, 2951, 199, 3807, 1182, 1183, 1115, 1185, 1009
  };

  /** One column of a source: a parameter unfolded, cast where it travels as text. */
  String unfolded() {
    String plain = "unnest(?::" + element + "[])";
    return codec.castType().equals(element) || oid != TEXT
        ? plain
        : plain + "::" + codec.castType();
  }

  /** Appends one element. */
  void put(PgBuffer out, @Nullable Object value) {
    int start = out.size();
    out.putInt(-1);
    if (value == null) {
      return;
    }
    if (oid == TEXT) {
      out.putText(codec.print(value));
    } else {
      codec.encode(out, value);
    }
    out.putIntAt(start, out.size() - start - 4);
  }
}
