package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.connectors.jdbc.Applier;
import dev.lockstep.connectors.jdbc.Dialect;
import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Outcomes;
import dev.lockstep.connectors.jdbc.Shape;
import dev.lockstep.connectors.jdbc.Table;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's ways to write a set, from the fastest: COPY straight into a table that was empty
 * when this writer met it, for as long as no key turns out to be there already; COPY into a staging
 * table and one upsert from it; arrays and one upsert from them.
 */
final class PgApplier implements Applier {
  private static final int WORTH_COPYING = 500;
  private static final String UNIQUE_VIOLATION = "23505";

  private final PgSql sql;
  private final boolean copy;

  /** Whether a table was found empty and no key has clashed since. */
  private final Map<TableName, Boolean> fresh = new ConcurrentHashMap<>();

  /** Whether this user may make temporary tables; null until asked. */
  private final AtomicReference<@Nullable Boolean> mayStage = new AtomicReference<>();

  private final PgCircles circles = new PgCircles();
  private final Optional<PgOrigin> origin;

  PgApplier(Dialect dialect, boolean copy, Optional<PgOrigin> origin) {
    this.sql = new PgSql(dialect);
    this.copy = copy;
    this.origin = origin;
  }

  /** A constraint that waits for the commit would fail the whole batch and name no record. */
  @Override
  public void begin(Connection connection, Task task) throws SQLException {
    if (origin.isPresent()) {
      // Invariant 6: our own write never comes back to us as a change.
      origin.get().mark(connection);
    }
    if (task.filling()) {
      circles.leaveUnchecked(connection, task.table().name());
    }
    if (task.table().deferrable()) {
      run(connection, "SET CONSTRAINTS ALL IMMEDIATE");
    }
  }

  @Override
  public boolean applyAtOnce(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException {
    if (!copy || items.size() < WORTH_COPYING) {
      return false;
    }
    Shape shape = items.getFirst().shape();
    if (areUpserts(items, shape) && PgCopyIn.takes(shape) && isFresh(connection, task)) {
      return copyStraight(connection, task, shape, items, outcomes);
    }
    return false;
  }

  private static boolean areUpserts(List<Item> items, Shape shape) {
    for (Item item : items) {
      if (item.shape() != shape || item.isDelete()) {
        return false;
      }
    }
    return true;
  }

  private boolean isFresh(Connection connection, Task task) throws SQLException {
    Boolean known = fresh.get(task.table().name());
    if (known == null) {
      known = task.mode() == Mode.APPEND || isEmpty(connection, task.table());
      fresh.put(task.table().name(), known);
    }
    return known;
  }

  private boolean mayStage(Connection connection) throws SQLException {
    Boolean known = mayStage.get();
    if (known == null) {
      known = isTrue(connection, "SELECT has_database_privilege(current_database(), 'TEMPORARY')");
      mayStage.set(known);
    }
    return known;
  }

  private boolean isEmpty(Connection connection, Table table) throws SQLException {
    return isTrue(connection, sql.isEmpty(table));
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private boolean copyStraight(
      Connection connection, Task task, Shape shape, List<Item> items, Outcomes outcomes)
      throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      PgCopyIn.copy(connection, sql.copyInto(task.table(), shape), shape, items, false);
      connection.releaseSavepoint(savepoint);
      outcomes.setAll(items, Outcome.APPLIED);
      return true;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState()) || task.mode() == Mode.APPEND) {
        throw e;
      }
      connection.rollback(savepoint);
      fresh.put(task.table().name(), false);
      return false;
    }
  }

  @Override
  public void apply(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException {
    Map<Shape, List<Item>> upserts = new LinkedHashMap<>();
    List<Item> deletes = new ArrayList<>();
    move(connection, task, items, outcomes);
    for (Item item : items) {
      if (item.isDelete()) {
        if (item.left() < 0 || outcomes.isTaken(item.left())) {
          deletes.add(item);
        }
      } else if (item.move() == null) {
        upserts.computeIfAbsent(item.shape(), shape -> new ArrayList<>()).add(item);
      }
    }
    if (!deletes.isEmpty()) {
      new PgStatement(connection, sql, task, deletes.getFirst().shape(), deletes, outcomes)
          .delete();
    }
    for (Map.Entry<Shape, List<Item>> group : upserts.entrySet()) {
      boolean staged = copy && group.getValue().size() >= WORTH_COPYING && mayStage(connection);
      PgStatement statement =
          new PgStatement(connection, sql, task, group.getKey(), group.getValue(), outcomes);
      statement.upsert(staged);
    }
  }

  private void move(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException {
    Map<Shape, List<Item>> moving = new LinkedHashMap<>();
    for (Item item : items) {
      if (item.move() != null) {
        moving.computeIfAbsent(item.shape(), shape -> new ArrayList<>()).add(item);
      }
    }
    if (!moving.isEmpty()) {
      // Asked each time: a row that is moved must not take with it what has come to refer to it.
      boolean referenced = PgLinks.read(connection).referenced().contains(task.table().name());
      for (List<Item> some : moving.values()) {
        new PgMove(sql.dialect(), task.table(), some).run(connection, referenced, outcomes);
      }
    }
  }

  static void run(Connection connection, String statement) throws SQLException {
    try (Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }
}
