package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Applier;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.jdbc.Shape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** One set of items of one shape on its way into PostgreSQL. */
final class PgStatement {
  private final Connection connection;
  private final PgSql sql;
  private final Applier.Task task;
  private final Shape shape;
  private final List<Item> items;
  private final Outcomes outcomes;

  PgStatement(
      Connection connection,
      PgSql sql,
      Applier.Task task,
      Shape shape,
      List<Item> items,
      Outcomes outcomes) {
    this.connection = connection;
    this.sql = sql;
    this.task = task;
    this.shape = shape;
    this.items = items;
    this.outcomes = outcomes;
  }

  void delete() throws SQLException {
    outcomes.setAll(items, Outcome.UNCHANGED);
    String source = sql.arrays(shape);
    run(sql.delete(task.table(), shape, source), false);
  }

  void upsert(boolean staged) throws SQLException {
    outcomes.setAll(items, Outcome.UNCHANGED);
    String source = staged ? stage() : sql.arrays(shape);
    if (task.mode() == Mode.APPEND) {
      run(sql.append(task.table(), shape, source), staged);
      outcomes.setAll(items, Outcome.APPLIED);
    } else if (shape.isInsertable()) {
      run(sql.upsert(task.table(), shape, source), staged);
    } else {
      // An insert without a value for every column that needs one is refused before the conflict
      // that
      // would turn it into an update is looked for: so what is there is updated first.
      if (!shape.settable().isEmpty()) {
        run(sql.update(task.table(), shape, source), staged);
      }
      run(sql.insertMissing(task.table(), shape, source), staged);
    }
  }

  private String stage() throws SQLException {
    String name = PgSql.stagingName(task.table(), shape);
    PgApplier.run(connection, sql.createStaging(name, shape));
    PgCopyIn.copy(connection, PgSql.copyIntoStaging(name), shape, items, true);
    return sql.staging(name, shape);
  }

  /** Runs a statement that answers the numbers of the items it changed. */
  private void run(String statement, boolean staged) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      if (!staged) {
        bindArrays(prepared);
      }
      if (!prepared.execute()) {
        return;
      }
      try (ResultSet row = prepared.getResultSet()) {
        while (row.next()) {
          outcomes.set(items.get(row.getInt(1)), Outcome.APPLIED);
        }
      }
    }
  }

  private void bindArrays(PreparedStatement prepared) throws SQLException {
    for (int column = 0; column < shape.columns().size(); column++) {
      PgCodec codec = (PgCodec) shape.columns().get(column).codec();
      String[] texts = new String[items.size()];
      for (int i = 0; i < texts.length; i++) {
        Object value = items.get(i).values()[column];
        texts[i] = value == null ? null : codec.print(value);
      }
      prepared.setArray(column + 1, connection.createArrayOf("text", texts));
    }
  }
}
