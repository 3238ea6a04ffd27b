package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Applies items by set, and when one of the set is at fault, by halves until the one is found: it
 * is rejected, and all others are applied. Halves keep the batch's order.
 */
final class Bisection {
  private final Connection connection;
  private final Dialect dialect;
  private final Applier applier;
  private final Applier.Task task;
  private final Outcomes outcomes;

  Bisection(
      Connection connection,
      Dialect dialect,
      Applier applier,
      Applier.Task task,
      Outcomes outcomes) {
    this.connection = connection;
    this.dialect = dialect;
    this.applier = applier;
    this.task = task;
    this.outcomes = outcomes;
  }

  void run(List<Item> items) throws SQLException {
    if (items.isEmpty() || attempt(items, true)) {
      return;
    }
    split(items);
  }

  private void split(List<Item> items) throws SQLException {
    int middle = Item.cut(items);
    for (List<Item> half : List.of(items.subList(0, middle), items.subList(middle, items.size()))) {
      if (!half.isEmpty() && !attempt(half, false)) {
        split(half);
      }
    }
  }

  /** True if the items are dealt with. */
  private boolean attempt(List<Item> items, boolean whole) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      if (!whole || !applier.applyAtOnce(connection, task, items, outcomes)) {
        applier.apply(connection, task, items, outcomes);
      }
      connection.releaseSavepoint(savepoint);
      return true;
    } catch (SQLException e) {
      if (dialect.fault(e) != Fault.DATA) {
        throw e;
      }
      connection.rollback(savepoint);
      if (Item.cut(items) == 0) {
        outcomes.setAll(items, Outcomes.rejected(e));
        return true;
      }
      return false;
    }
  }
}
