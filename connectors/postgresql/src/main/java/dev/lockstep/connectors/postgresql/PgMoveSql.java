package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements of {@link PgMove}. Their source is a query named {@code s} over text arrays to be
 * bound in order: {@code c0, c1, ...} in the order of the shape, {@code f0, ...} the former key,
 * {@code kept} with a letter for each column; and {@code n}, the item's number.
 */
record PgMoveSql(Dialect dialect, Table table, Shape shape) {
  static final char KEPT = '1';

  /** Inserts rows at their new keys with what is at the old ones. */
  String copy() {
    return source()
        + " INSERT INTO "
        + name()
        + " ("
        + names(written())
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + values("o.")
        + " FROM s JOIN "
        + name()
        + " AS o ON "
        + matched("o", "f")
        + onConflict();
  }

  /** Deletes rows and inserts them at their new keys, each when all have been deleted. */
  String replace() {
    List<Column> written = written();
    return source()
        + ", d AS (DELETE FROM "
        + name()
        + " AS o USING s WHERE "
        + matched("o", "f")
        + " RETURNING "
        + values("o.")
        + ") INSERT INTO "
        + name()
        + " ("
        + names(written)
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + join(written.size(), ", ", i -> "d.v" + i)
        + " FROM (SELECT count(*) AS rows FROM d) AS gone, d WHERE gone.rows >= 0"
        + onConflict();
  }

  /** Changes rows that are at their new keys already. */
  String update() {
    return source()
        + " UPDATE "
        + name()
        + " AS t SET "
        + settable().stream()
            .map(column -> quote(column) + " = " + value(column, "t."))
            .collect(Collectors.joining(", "))
        + " FROM s WHERE "
        + matched("t", "c");
  }

  /** Answers the numbers of the items that no row is there for. */
  String missing() {
    return source()
        + " SELECT s.n FROM s WHERE NOT EXISTS (SELECT FROM "
        + name()
        + " AS t WHERE "
        + matched("t", "c")
        + ")";
  }

  /** The columns that are sent, and those that stay as they are. */
  private List<Column> written() {
    return Stream.concat(
            shape.columns().stream(),
            table.columns().stream()
                .filter(column ->
                    column.writing() == Column.Writing.FREE && !shape.columns().contains(column)))
        .toList();
  }

  private List<Column> settable() {
    return written().stream()
        .skip(shape.keys())
        .filter(column -> column.writing() == Column.Writing.FREE)
        .toList();
  }

  private String values(String there) {
    List<Column> written = written();
    return join(written.size(), ", ", i -> value(written.get(i), there) + " AS v" + i);
  }

  private String value(Column column, String there) {
    int place = shape.columns().indexOf(column);
    if (place < 0) {
      return there + quote(column);
    }
    return place < shape.keys()
        ? "s.c" + place
        : "CASE WHEN substr(s.kept, "
            + (place + 1)
            + ", 1) = '"
            + KEPT
            + "' THEN "
            + there
            + quote(column)
            + " ELSE s.c"
            + place
            + " END";
  }

  private String onConflict() {
    return " ON CONFLICT ("
        + names(shape.key())
        + ") DO UPDATE SET "
        + settable().stream()
            .map(column -> quote(column) + " = excluded." + quote(column))
            .collect(Collectors.joining(", "));
  }

  private String source() {
    int columns = shape.columns().size();
    return "WITH s AS MATERIALIZED (SELECT "
        + join(columns, ", ", i -> cast("u.c", i) + " AS c" + i)
        + ", "
        + join(shape.keys(), ", ", i -> cast("u.f", i) + " AS f" + i)
        + ", u.kept, u.n::int - 1 AS n FROM unnest("
        + join(columns + shape.keys() + 1, ", ", i -> "?::text[]")
        + ") WITH ORDINALITY AS u("
        + join(columns, ", ", i -> "c" + i)
        + ", "
        + join(shape.keys(), ", ", i -> "f" + i)
        + ", kept, n))";
  }

  private String cast(String from, int index) {
    PgCodec codec = (PgCodec) shape.columns().get(index).codec();
    return from + index + "::" + codec.castType();
  }

  private String matched(String alias, String key) {
    return join(
        shape.keys(),
        " AND ",
        i -> alias + "." + quote(shape.columns().get(i)) + " = s." + key + i);
  }

  private String name() {
    return dialect.quote(table.name());
  }

  private String names(List<Column> some) {
    return some.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  private String quote(Column column) {
    return dialect.quote(column.name());
  }

  private static String join(int count, String separator, Function<Integer, String> each) {
    return IntStream.range(0, count).mapToObj(each::apply).collect(Collectors.joining(separator));
  }
}
