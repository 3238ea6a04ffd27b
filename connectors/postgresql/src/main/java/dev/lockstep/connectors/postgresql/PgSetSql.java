package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of a transaction, over sets bound as one array for each column. The arrays are
 * unfolded in a select list, which streams; in FROM each would first be laid down in a store of its
 * own.
 *
 * <p>They count on a session in which the planner can do nothing but look up each key in its index:
 * it knows the arrays' lengths as little as the table's size at the time of a later execution.
 */
record PgSetSql(Dialect dialect, Table table, Shape shape) {

  private List<Column> columns() {
    return shape.columns();
  }

  /** The columns that an update is given. */
  List<Column> updated() {
    return Stream.concat(shape.key().stream(), shape.settable().stream()).toList();
  }

  String update() {
    return "UPDATE "
        + target()
        + " SET "
        + assignments("s.")
        + " FROM "
        + source(updated(), false)
        + " WHERE "
        + matched("t");
  }

  /** Leaves rows alone that hold these values already. */
  String updateWhatDiffers() {
    return update()
        + shape.settable().stream()
            .map(column -> differs(column))
            .collect(Collectors.joining(" OR ", " AND (", ")"));
  }

  private String differs(Column column) {
    PgCodec codec = (PgCodec) column.codec();
    return codec.comparable("t." + quote(column))
        + " IS DISTINCT FROM "
        + codec.comparable("s." + quote(column));
  }

  String insert() {
    return "INSERT INTO "
        + target()
        + " ("
        + names(columns(), "")
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + names(columns(), "s.")
        + " FROM "
        + source(columns(), false);
  }

  String insertNew() {
    return insert() + onConflict() + "NOTHING";
  }

  /** Inserts what no row is there for; one that comes meanwhile is updated. */
  String insertMissing() {
    return insert()
        + " WHERE NOT EXISTS (SELECT FROM "
        + dialect.quote(table.name())
        + " AS x WHERE "
        + matched("x")
        + ")"
        + onConflict()
        + (shape.settable().isEmpty() ? "NOTHING" : "UPDATE SET " + assignments("excluded."));
  }

  private String onConflict() {
    return " ON CONFLICT (" + names(shape.key(), "") + ") DO ";
  }

  /** Answers the numbers of the items that no row is there for. */
  String missing() {
    return "SELECT s.lockstep_n FROM "
        + source(shape.key(), true)
        + " WHERE NOT EXISTS (SELECT FROM "
        + dialect.quote(table.name())
        + " AS x WHERE "
        + matched("x")
        + ")";
  }

  /** Answers the numbers of the items whose rows it deleted. */
  String delete() {
    return "DELETE FROM "
        + target()
        + " USING "
        + source(shape.key(), true)
        + " WHERE "
        + matched("t")
        + " RETURNING s.lockstep_n";
  }

  /**
   * Deletes rows and inserts them with other values, so that values which must be unique can be
   * exchanged among them; what is not given of a row is put back as it was. References are looked
   * at when all is done, and then hold again.
   */
  String replace() {
    List<Column> kept = kept();
    return "WITH s AS MATERIALIZED (SELECT "
        + unfolded(columns())
        + "), d AS MATERIALIZED (DELETE FROM "
        + target()
        + " USING s WHERE "
        + matched("t")
        + " RETURNING "
        + names(all(shape.key(), kept), "t.")
        + ") INSERT INTO "
        + dialect.quote(table.name())
        + " ("
        + names(all(columns(), kept), "")
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + Stream.concat(
                columns().stream().map(column -> "s." + quote(column)),
                kept.stream().map(column -> "d." + quote(column)))
            .collect(Collectors.joining(", "))
        + " FROM (SELECT count(*) AS rows FROM d) AS gone, s"
        + (kept.isEmpty() ? "" : " JOIN d ON " + matched("d"))
        + " WHERE gone.rows >= 0";
  }

  /** The columns that a row has besides those that are given. */
  private List<Column> kept() {
    return table.columns().stream()
        .filter(column -> column.writing() != Column.Writing.NEVER)
        .filter(column -> !columns().contains(column))
        .toList();
  }

  private static List<Column> all(List<Column> some, List<Column> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private String target() {
    return dialect.quote(table.name()) + " AS t";
  }

  private String source(List<Column> some, boolean numbered) {
    return "(SELECT "
        + unfolded(some)
        + (numbered ? ", generate_series(0, ?::integer) AS lockstep_n" : "")
        + ") AS s";
  }

  private String unfolded(List<Column> some) {
    return some.stream()
        .map(column -> PgArrayForm.of(column).unfolded() + " AS " + quote(column))
        .collect(Collectors.joining(", "));
  }

  private String assignments(String from) {
    return shape.settable().stream()
        .map(column -> quote(column) + " = " + from + quote(column))
        .collect(Collectors.joining(", "));
  }

  private String matched(String alias) {
    return shape.key().stream()
        .map(column -> alias + "." + quote(column) + " = s." + quote(column))
        .collect(Collectors.joining(" AND "));
  }

  private String names(List<Column> some, String prefix) {
    return some.stream().map(column -> prefix + quote(column)).collect(Collectors.joining(", "));
  }

  private String quote(Column column) {
    return dialect.quote(column.name());
  }
}
