package dev.lockstep.connectors.jdbc;

import java.util.List;

/**
 * The columns that some rows of a batch set, those of the key first; rows that leave fields out have a
 * shape of their own.
 *
 * @param keys how many of the columns are the key
 * @param isInsertable false when a column that an insert cannot do without is left out, so that these
 *     rows can only change what is there
 */
record Shape(List<Column> columns, int keys, boolean isInsertable) {
  Shape {
    columns = List.copyOf(columns);
  }

  static Shape of(Table table, List<Column> columns, int keys) {
    boolean insertable =
        table.columns().stream()
            .filter(column -> !column.filled() && column.writing() != Column.Writing.NEVER)
            .allMatch(columns::contains);
    return new Shape(columns, keys, insertable);
  }

  List<Column> key() {
    return columns.subList(0, keys);
  }

  /** The columns an update sets. */
  List<Column> settable() {
    return columns.subList(keys, columns.size()).stream()
        .filter(column -> column.writing() == Column.Writing.FREE)
        .toList();
  }
}
