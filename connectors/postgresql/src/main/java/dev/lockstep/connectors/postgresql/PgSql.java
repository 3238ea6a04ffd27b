package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that write sets to PostgreSQL. A set's source is a query named {@code s} with
 * columns {@code c0, c1, ...} in the order of the shape and {@code n}, the item's number; every
 * statement but the plain insert answers the numbers it changed.
 */
record PgSql(Dialect dialect) {

  String isEmpty(Table table) {
    return "SELECT NOT EXISTS (SELECT FROM " + dialect.quote(table.name()) + ")";
  }

  /** A source out of one text array per column, to be bound in order. */
  String arrays(Shape shape) {
    List<Column> columns = shape.columns();
    String selected =
        join(
            columns.size(), i -> "u.c" + i + "::" + codec(columns.get(i)).castType() + " AS c" + i);
    String arrays = join(columns.size(), i -> "?::text[]");
    return "s AS (SELECT "
        + selected
        + ", u.n::int - 1 AS n FROM unnest("
        + arrays
        + ") WITH ORDINALITY AS u("
        + join(columns.size(), i -> "c" + i)
        + ", n))";
  }

  static String stagingName(Table table, Shape shape) {
    String described =
        table.name()
            + shape.columns().stream()
                .map(column -> column.name() + " " + codec(column).stagingType())
                .collect(Collectors.joining(", "));
    return "lockstep_staging_" + Integer.toHexString(described.hashCode());
  }

  String createStaging(String name, Shape shape) {
    return "CREATE TEMPORARY TABLE IF NOT EXISTS "
        + name
        + " ("
        + join(
            shape.columns().size(),
            i -> "c" + i + " " + codec(shape.columns().get(i)).stagingType())
        + ", n int) ON COMMIT DELETE ROWS";
  }

  static String copyIntoStaging(String name) {
    return "COPY pg_temp." + name + " FROM STDIN (FORMAT binary)";
  }

  String staging(String name, Shape shape) {
    List<Column> columns = shape.columns();
    return "s AS (SELECT "
        + join(
            columns.size(),
            i -> {
              PgCodec codec = codec(columns.get(i));
              return "c" + i + (codec.isBinary() ? "" : "::" + codec.castType() + " AS c" + i);
            })
        + ", n FROM pg_temp."
        + name
        + ")";
  }

  String copyInto(Table table, Shape shape) {
    return "COPY "
        + dialect.quote(table.name())
        + " ("
        + names(shape.columns())
        + ") FROM STDIN (FORMAT binary)";
  }

  /**
   * In the order of the key, so that writers that meet wait for each other instead of deadlocking.
   */
  private String insert(Table table, Shape shape, String where) {
    return "INSERT INTO "
        + dialect.quote(table.name())
        + " AS t ("
        + names(shape.columns())
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + join(shape.columns().size(), i -> "s.c" + i)
        + " FROM s"
        + where
        + (shape.keys() == 0 ? "" : " ORDER BY " + join(shape.keys(), i -> "s.c" + i));
  }

  String append(Table table, Shape shape, String source) {
    return "WITH " + source + " " + insert(table, shape, "");
  }

  String upsert(Table table, Shape shape, String source) {
    return "WITH "
        + source
        + ", w AS ("
        + insert(table, shape, "")
        + onConflict(shape)
        + " RETURNING "
        + keys(shape, "t.")
        + ") SELECT s.n FROM s JOIN w ON "
        + join(shape.keys(), " AND ", i -> "s.c" + i + " = w." + name(shape, i));
  }

  private String onConflict(Shape shape) {
    String target = " ON CONFLICT (" + names(shape.key()) + ") DO ";
    List<Column> settable = shape.settable();
    if (settable.isEmpty()) {
      return target + "NOTHING";
    }
    return target
        + "UPDATE SET "
        + settable.stream()
            .map(column -> quote(column) + " = excluded." + quote(column))
            .collect(Collectors.joining(", "))
        + " WHERE "
        + settable.stream()
            .map(column -> differs(column, "excluded." + quote(column)))
            .collect(Collectors.joining(" OR "));
  }

  private String differs(Column column, String other) {
    PgCodec codec = codec(column);
    return codec.comparable("t." + quote(column)) + " IS DISTINCT FROM " + codec.comparable(other);
  }

  String update(Table table, Shape shape, String source) {
    List<Column> settable = shape.settable();
    return "WITH "
        + source
        + " UPDATE "
        + dialect.quote(table.name())
        + " AS t SET "
        + settable.stream()
            .map(column -> quote(column) + " = s.c" + shape.columns().indexOf(column))
            .collect(Collectors.joining(", "))
        + " FROM s WHERE "
        + matched(shape)
        + " AND ("
        + settable.stream()
            .map(column -> differs(column, "s.c" + shape.columns().indexOf(column)))
            .collect(Collectors.joining(" OR "))
        + ") RETURNING s.n";
  }

  String insertMissing(Table table, Shape shape, String source) {
    String missing =
        " WHERE NOT EXISTS (SELECT FROM "
            + dialect.quote(table.name())
            + " t WHERE "
            + matched(shape)
            + ")";
    return "WITH "
        + source
        + ", w AS ("
        + insert(table, shape, missing)
        + " RETURNING "
        + keys(shape, "t.")
        + ") SELECT s.n FROM s JOIN w ON "
        + join(shape.keys(), " AND ", i -> "s.c" + i + " = w." + name(shape, i));
  }

  String delete(Table table, Shape shape, String source) {
    return "WITH "
        + source
        + " DELETE FROM "
        + dialect.quote(table.name())
        + " AS t USING s WHERE "
        + matched(shape)
        + " RETURNING s.n";
  }

  private String matched(Shape shape) {
    return join(shape.keys(), " AND ", i -> "t." + name(shape, i) + " = s.c" + i);
  }

  private String keys(Shape shape, String prefix) {
    return join(shape.keys(), i -> prefix + name(shape, i));
  }

  private String name(Shape shape, int index) {
    return quote(shape.columns().get(index));
  }

  private String quote(Column column) {
    return dialect.quote(column.name());
  }

  private String names(List<Column> columns) {
    return columns.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  private static PgCodec codec(Column column) {
    return (PgCodec) column.codec();
  }

  private static String join(int count, Function<Integer, String> each) {
    return join(count, ", ", each);
  }

  private static String join(int count, String separator, Function<Integer, String> each) {
    return IntStream.range(0, count).mapToObj(each::apply).collect(Collectors.joining(separator));
  }
}
