package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormWriter.Into;
import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Scan;
import dev.lockstep.connectors.jdbc.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that take a piece. The staging table has the fields' columns as {@code c0, c1,
 * ...}, of the table's own types, and lives as long as its session.
 */
record PgFormSql(Dialect dialect, Table table, Into into) {

  private String name() {
    return dialect.quote(table.name());
  }

  String isEmpty() {
    return "SELECT (NOT EXISTS (SELECT FROM " + name() + "))::int";
  }

  String count() {
    return "SELECT count(*) FROM " + name();
  }

  String copy() {
    return "COPY " + name() + " (" + names(into.fields()) + ") FROM STDIN (FORMAT binary)";
  }

  private String staging() {
    String described =
        table.name()
            + into.fields().stream()
                .map(field -> field + " " + Scan.need(table, field).sqlType())
                .collect(Collectors.joining(", "));
    return "lockstep_piece_" + Integer.toHexString(described.hashCode());
  }

  String createStaging() {
    List<String> columns = new ArrayList<>();
    for (String field : into.fields()) {
      columns.add(dialect.quote(field) + " AS c" + columns.size());
    }
    return "CREATE TEMPORARY TABLE IF NOT EXISTS "
        + staging()
        + " ON COMMIT DELETE ROWS AS SELECT "
        + String.join(", ", columns)
        + " FROM "
        + name()
        + " WITH NO DATA";
  }

  String copyIntoStaging() {
    return "COPY pg_temp." + staging() + " FROM STDIN (FORMAT binary)";
  }

  String analyzeStaging() {
    return "ANALYZE pg_temp." + staging();
  }

  /**
   * In the order of the key, so that writers that meet wait for each other instead of deadlocking.
   */
  String merge() {
    String columns =
        IntStream.range(0, into.fields().size())
            .mapToObj(i -> "s.c" + i)
            .collect(Collectors.joining(", "));
    String keys =
        into.key().stream()
            .map(field -> "s.c" + into.fields().indexOf(field))
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + name()
        + " AS t ("
        + names(into.fields())
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + columns
        + " FROM pg_temp."
        + staging()
        + " s ORDER BY "
        + keys
        + " ON CONFLICT ("
        + names(into.key())
        + ") DO "
        + update();
  }

  private String update() {
    List<Column> settable =
        into.fields().stream()
            .filter(field -> !into.key().contains(field))
            .map(field -> Scan.need(table, field))
            .filter(column -> column.writing() == Column.Writing.FREE)
            .toList();
    if (settable.isEmpty()) {
      return "NOTHING";
    }
    return "UPDATE SET "
        + settable.stream()
            .map(column -> quote(column) + " = excluded." + quote(column))
            .collect(Collectors.joining(", "))
        + " WHERE "
        + settable.stream().map(this::differs).collect(Collectors.joining(" OR "));
  }

  private String differs(Column column) {
    PgCodec codec = (PgCodec) column.codec();
    return codec.comparable("t." + quote(column))
        + " IS DISTINCT FROM "
        + codec.comparable("excluded." + quote(column));
  }

  /** The key of every record that is not in the staging table. */
  String missing() {
    List<String> selected = new ArrayList<>();
    List<String> matched = new ArrayList<>();
    for (int i = 0; i < into.key().size(); i++) {
      Column column = Scan.need(table, into.key().get(i));
      String quoted = "t." + quote(column);
      selected.add(column.codec().select(quoted));
      matched.add("s.c" + into.fields().indexOf(column.name()) + " = " + quoted);
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM "
        + name()
        + " t WHERE NOT EXISTS (SELECT FROM pg_temp."
        + staging()
        + " s WHERE "
        + String.join(" AND ", matched)
        + ")";
  }

  private String quote(Column column) {
    return dialect.quote(column.name());
  }

  private String names(List<String> fields) {
    return fields.stream().map(dialect::quote).collect(Collectors.joining(", "));
  }
}
