package dev.lockstep.connectors.file;

import dev.lockstep.connector.BulkReader.RowPlaces;
import dev.lockstep.connector.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Rows of one file, each with the line it starts at. */
final class PlacedRows {
  private final List<Row> rows = new ArrayList<>();
  private long[] lines = new long[16];

  void add(Row row, long line) {
    if (rows.size() == lines.length) {
      lines = Arrays.copyOf(lines, lines.length * 2);
    }
    lines[rows.size()] = line;
    rows.add(row);
  }

  void addAll(PlacedRows more) {
    for (int i = 0; i < more.rows.size(); i++) {
      add(more.rows.get(i), more.lines[i]);
    }
  }

  void clear() {
    rows.clear();
  }

  List<Row> rows() {
    return rows;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  PlacedRows only(Predicate<Row> admitted) {
    PlacedRows left = new PlacedRows();
    for (int i = 0; i < rows.size(); i++) {
      if (admitted.test(rows.get(i))) {
        left.add(rows.get(i), lines[i]);
      }
    }
    return left;
  }

  /** The places of the rows as they are now. */
  RowPlaces places(SourceFile file) {
    long[] held = Arrays.copyOf(lines, rows.size());
    return row -> file.place(held[row]);
  }
}
