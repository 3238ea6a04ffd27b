package dev.lockstep.hub.filter;

import dev.lockstep.connector.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with its rows as Java values, to be created in each store. */
record TestTable(String name, Map<String, Type> columns, List<Map<String, @Nullable Object>> rows) {

  /** Kept as whole microseconds in SQLite, as the hub keeps its own moments. */
  static final String IN_MICROS = "dateCreated";

  TestTable {
    columns = new LinkedHashMap<>(columns);
  }

  String create(boolean sqlite) {
    return columns.entrySet().stream()
        .map(column ->
            '"'
                + column.getKey()
                + "\" "
                + (sqlite
                    ? sqliteType(column.getKey(), column.getValue())
                    : postgresType(column.getValue()) + foreignOrder(column.getValue())))
        .collect(
            Collectors.joining(", ", "CREATE TABLE \"" + name + "\" (", sqlite ? ") STRICT" : ")"));
  }

  String insert(boolean sqlite) {
    return "INSERT INTO \""
        + name
        + "\" VALUES ("
        + columns.values().stream()
            .map(type -> sqlite ? "?" : "CAST(? AS " + postgresType(type) + ")")
            .collect(Collectors.joining(", "))
        + ")";
  }

  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  static String array(List<?> texts) {
    return texts.stream()
        .map(text -> '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String sqliteType(String column, Type type) {
    return switch (type) {
      case Type.Bool(), Type.Int() -> "INTEGER";
      case Type.Float() -> "REAL";
      case Type.Timestamp() when column.equals(IN_MICROS) -> "INTEGER";
      default -> "TEXT";
    };
  }

  /** Not by code points, as in many a database. */
  private static String foreignOrder(Type type) {
    return type instanceof Type.Text ? " COLLATE \"und-x-icu\"" : "";
  }

  private static String postgresType(Type type) {
    return switch (type) {
      case Type.Bool() -> "boolean";
      case Type.Int() -> "bigint";
      case Type.Float() -> "double precision";
      case Type.Decimal _ -> "numeric";
      case Type.Date() -> "date";
      case Type.Time() -> "time";
      case Type.DateTime() -> "timestamp";
      case Type.Timestamp() -> "timestamptz";
      case Type.ListOf _, Type.Json() -> "json";
      default -> "text";
    };
  }
}
