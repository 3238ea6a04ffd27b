package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a scan's statement and reads its rows into pages. */
final class ResultRows implements AutoCloseable {
  private final Scan scan;
  private final PreparedStatement statement;
  private final ResultSet row;

  ResultRows(Connection connection, Scan scan, ScanSql.Sql sql, int fetchRows) throws SQLException {
    this.scan = scan;
    this.statement =
        connection.prepareStatement(
            sql.text(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    try {
      statement.setFetchSize(fetchRows);
      bind(sql.binds());
      this.row = statement.executeQuery();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private void bind(List<ScanSql.Bind> binds) throws SQLException {
    for (int i = 0; i < binds.size(); i++) {
      ScanSql.Bind bind = binds.get(i);
      Column column = bind.column();
      try {
        if (bind.isPlace()) {
          column.codec().bindPlace(statement, i + 1, column.type(), (String) bind.value());
        } else {
          column.codec().bind(statement, i + 1, bind.value());
        }
      } catch (UnfitException e) {
        throw new SQLException("position of " + scan.dataset() + ": " + e.fault(), "22000", e);
      }
    }
  }

  /** Fills the page; false when the result has ended. */
  boolean fill(PageBuilder page, Tracker tracker) throws SQLException {
    while (!page.isFull()) {
      if (!row.next()) {
        return false;
      }
      read(page);
      tracker.passed(scan, row);
    }
    return true;
  }

  private void read(PageBuilder page) throws SQLException {
    List<Column> columns = scan.columns();
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    long weight = 0;
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = columns.get(i).codec().read(row, i + 1);
        weight += PageBuilder.weight(values[i]);
      } catch (UnfitException e) {
        page.refuse(columns.get(i), e, texts());
        return;
      }
    }
    page.add(values, weight);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= scan.columns().size(); i++) {
      try {
        texts.add(String.valueOf(row.getString(i)));
      } catch (SQLException e) {
        texts.add("(" + Failures.text(e) + ")");
      }
    }
    return texts;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  /** Where the read stands. */
  static final class Tracker {
    private Place place;

    Tracker(Place start) {
      this.place = start;
    }

    Place place() {
      return place;
    }

    private void passed(Scan scan, ResultSet row) throws SQLException {
      if (scan.order().isEmpty()) {
        place = new Place.Count((place instanceof Place.Count(long rows) ? rows : 0) + 1);
        return;
      }
      List<String> values = new ArrayList<>();
      int index = scan.columns().size();
      try {
        for (Column column : scan.order()) {
          values.add(column.codec().place(row, ++index));
        }
        place = new Place.After(values);
      } catch (UnfitException e) {
        // The row was reported as unreadable; a read that resumes meets it again.
        values.clear();
      }
    }
  }
}
