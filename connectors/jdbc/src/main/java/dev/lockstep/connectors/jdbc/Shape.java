package dev.lockstep.connectors.jdbc;

import java.util.List;

/**
 * The columns that some rows of a batch set, those of the key first; rows that leave fields out
 * have a shape of their own. Compared by identity: a {@link Preparation} makes each shape once.
 */
public final class Shape {
  private final List<Column> columns;
  private final List<Column> settable;
  private final int keys;
  private final boolean insertable;
  private final boolean partial;

  private Shape(List<Column> columns, int keys, boolean insertable, boolean partial) {
    this.columns = List.copyOf(columns);
    this.settable =
        this.columns.subList(keys, columns.size()).stream()
            .filter(column -> column.writing() == Column.Writing.FREE)
            .toList();
    this.keys = keys;
    this.insertable = insertable;
    this.partial = partial;
  }

  static Shape of(Table table, List<Column> columns, int keys, boolean partial) {
    boolean insertable =
        table.columns().stream()
            .filter(column -> !column.filled() && column.writing() != Column.Writing.NEVER)
            .allMatch(columns::contains);
    return new Shape(columns, keys, insertable, partial);
  }

  /** All columns, those of the key first. */
  public List<Column> columns() {
    return columns;
  }

  /** How many of the columns are the key. */
  public int keys() {
    return keys;
  }

  /** The columns of the key. */
  public List<Column> key() {
    return columns.subList(0, keys);
  }

  /**
   * False when a column that an insert cannot do without is left out, so that these rows can only
   * change what is there.
   */
  public boolean isInsertable() {
    return insertable;
  }

  /** True when these rows leave out fields that others of the same schema send. */
  public boolean isPartial() {
    return partial;
  }

  /** The columns an update sets. */
  public List<Column> settable() {
    return settable;
  }
}
