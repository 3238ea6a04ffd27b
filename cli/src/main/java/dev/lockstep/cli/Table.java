package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;

/** Cells in columns; text to the left, numbers to the right. */
final class Table {
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * One cell.
   *
   * @param text as it is measured
   * @param painted as it is printed
   */
  record Cell(String text, String painted, boolean right) {
    static Cell of(String text) {
      return new Cell(text, text, false);
    }

    static Cell painted(String text, String painted) {
      return new Cell(text, painted, false);
    }

    static Cell number(long number) {
      String text = Words.number(number);
      return new Cell(text, text, true);
    }

    static Cell right(String text) {
      return new Cell(text, text, true);
    }
  }

  Table(String... heads) {
    this.heads = List.of(heads);
  }

  Table row(Cell... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    for (int column = 0; column < heads.size(); column++) {
      append(head, column, new Cell(heads.get(column), heads.get(column), isRight(column)));
    }
    lines.add(terminal.faint(head.toString().stripTrailing()));
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        append(line, column, row.get(column));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private boolean isRight(int column) {
    return !rows.isEmpty() && rows.getFirst().get(column).right();
  }

  private void append(StringBuilder line, int column, Cell cell) {
    String pad = " ".repeat(width(column) - cell.text().length());
    line.append(column == 0 ? "" : GAP);
    line.append(cell.right() ? pad + cell.painted() : cell.painted() + pad);
  }

  private int width(int column) {
    return Math.max(
        heads.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0));
  }
}
