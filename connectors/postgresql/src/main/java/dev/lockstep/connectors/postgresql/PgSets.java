package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Column;
import dev.lockstep.connectors.jdbc.Item;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs statements over sets of items, one array for each column; in several pieces when a set is
 * larger than what is held at once. Keeps its buffers. One thread.
 */
final class PgSets {
  /** What the arrays of one piece may take; the driver holds them once more while it sends them. */
  private static final int PIECE_BYTES = 4 << 20;

  /** What the arrays of a message may take that must be one piece. */
  private static final int MESSAGE_BYTES = 1 << 20;

  static final int TOO_MANY = -1;

  /** What a buffer may keep until the next set. */
  private static final int KEPT_BYTES = 1 << 20;

  private PgBuffer[] buffers = new PgBuffer[0];

  /** A statement's arrays: which of an item's values each takes, and how. */
  record Columns(int[] places, PgArrayForm[] forms) {
    static Columns of(List<Column> all, List<Column> some) {
      return new Columns(
          some.stream().mapToInt(all::indexOf).toArray(),
          some.stream().map(PgArrayForm::of).toArray(PgArrayForm[]::new));
    }
  }

  /** Gives the statement for the next piece of a set. */
  interface Calls {
    PgCall next() throws SQLException;
  }

  /** Runs a statement over all items and answers how many rows it changed. */
  int change(Calls calls, Columns columns, List<Item> items) throws SQLException {
    int changed = 0;
    for (int from = 0; from < items.size(); ) {
      PgCall call = calls.next();
      from = bind(call.statement(), columns, items, from);
      changed += call.change();
      release(call.statement());
    }
    return changed;
  }

  /**
   * Runs a statement that answers numbers of items, counted from 0, whose count is its last
   * parameter.
   */
  void find(Calls calls, Columns columns, List<Item> items, Consumer<Item> found)
      throws SQLException {
    for (int from = 0; from < items.size(); ) {
      PgCall call = calls.next();
      int to = bind(call.statement(), columns, items, from);
      call.statement().setInt(columns.places.length + 1, to - from - 1);
      try (ResultSet row = call.rows()) {
        while (row.next()) {
          found.accept(items.get(from + row.getInt(1)));
        }
      }
      release(call.statement());
      from = to;
    }
  }

  /** Invariant 8: a statement is kept, but not the large values that it was run with. */
  private void release(PreparedStatement statement) throws SQLException {
    boolean large = false;
    for (int i = 0; i < buffers.length; i++) {
      if (buffers[i].bytes().length > KEPT_BYTES) {
        buffers[i] = new PgBuffer(0);
        large = true;
      }
    }
    if (large) {
      statement.clearParameters();
    }
  }

  /** Binds the items from a place on, as many as a piece holds, and answers where it ends. */
  private int bind(PreparedStatement statement, Columns columns, List<Item> items, int from)
      throws SQLException {
    clear(0, columns.places.length);
    int to = fill(0, columns, items, from, PIECE_BYTES);
    for (int i = 0; i < columns.places.length; i++) {
      statement.setObject(i + 1, PgArrayParameter.of(columns.forms[i], buffers[i], to - from));
    }
    return to;
  }

  /**
   * Binds all items to several statements of one message, from a parameter on, and answers the
   * parameter after them, or {@link #TOO_MANY}.
   *
   * @param all every column of the items, of which the statements take some
   */
  int bind(
      PreparedStatement statement, int at, Columns all, List<Columns> statements, List<Item> items)
      throws SQLException {
    // No message has more columns than parameters, so what was bound before it is not touched.
    int first = at - 1;
    clear(first, all.places.length);
    if (fill(first, all, items, 0, MESSAGE_BYTES) < items.size()) {
      return TOO_MANY;
    }
    int next = at;
    for (Columns columns : statements) {
      for (int i = 0; i < columns.places.length; i++) {
        PgBuffer values = buffers[first + columns.places[i]];
        statement.setObject(next++, PgArrayParameter.of(columns.forms[i], values, items.size()));
      }
    }
    return next;
  }

  /** Puts the columns of items into buffers, until these hold so much; answers where that was. */
  private int fill(int first, Columns columns, List<Item> items, int from, int most) {
    int to = from;
    for (long bytes = 0; to < items.size() && bytes < most; to++) {
      Item item = items.get(to);
      for (int i = 0; i < columns.places.length; i++) {
        PgBuffer into = buffers[first + i];
        int before = into.size();
        columns.forms[i].put(into, item.values()[columns.places[i]]);
        bytes += into.size() - before;
      }
    }
    return to;
  }

  private void clear(int first, int count) {
    int end = first + count;
    if (buffers.length < end) {
      PgBuffer[] more = new PgBuffer[end];
      System.arraycopy(buffers, 0, more, 0, buffers.length);
      for (int i = buffers.length; i < end; i++) {
        more[i] = new PgBuffer(0);
      }
      buffers = more;
    }
    for (int i = first; i < end; i++) {
      PgArrayParameter.start(buffers[i]);
    }
  }
}
