package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The statements for rows of one shape, made when first asked for and kept as long as the session
 * that has them prepared. One thread.
 */
final class PgWork {
  private final PgSetSql sql;
  private final PgSets.Columns all;
  private final PgSets.Columns updated;
  private final PgSets.Columns key;
  private final Map<Kind, String> texts = new EnumMap<>(Kind.class);

  PgWork(Dialect dialect, Table table, Shape shape) {
    this.sql = new PgSetSql(dialect, table, shape);
    this.all = columns(shape, shape.columns());
    this.updated = columns(shape, sql.updated());
    this.key = columns(shape, shape.key());
  }

  private static PgSets.Columns columns(Shape shape, List<Column> some) {
    return PgSets.Columns.of(shape.columns(), some);
  }

  /** What a statement does with a set. */
  enum Kind {
    UPDATE,
    UPDATE_WHAT_DIFFERS,
    INSERT,
    INSERT_NEW,
    INSERT_MISSING,
    REPLACE,
    MISSING,
    DELETE
  }

  String sql(Kind kind) {
    return texts.computeIfAbsent(kind, this::text);
  }

  private String text(Kind kind) {
    return switch (kind) {
      case UPDATE -> sql.update();
      case UPDATE_WHAT_DIFFERS -> sql.updateWhatDiffers();
      case INSERT -> sql.insert();
      case INSERT_NEW -> sql.insertNew();
      case INSERT_MISSING -> sql.insertMissing();
      case REPLACE -> sql.replace();
      case MISSING -> sql.missing();
      case DELETE -> sql.delete();
    };
  }

  /** All columns of the shape. */
  PgSets.Columns all() {
    return all;
  }

  /** The columns that a statement is given. */
  PgSets.Columns columns(Kind kind) {
    return switch (kind) {
      case UPDATE, UPDATE_WHAT_DIFFERS -> updated;
      case INSERT, INSERT_NEW, INSERT_MISSING, REPLACE -> all;
      case MISSING, DELETE -> key;
    };
  }
}
