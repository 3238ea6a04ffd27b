package dev.lockstep.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to PostgreSQL. It always stands in a transaction, which begins with the first
 * statement after the last one ended.
 */
final class PostgresSession extends Session {
  private static final int ROWS_IN_A_PIECE = 64;

  private final PostgresDatabase database;
  private final Duration trusted;
  private boolean reads;
  private boolean changesTables;
  private boolean unreleased;
  private boolean lost;
  private long shape;
  private long usedAt = System.nanoTime();

  /**
   * @param trusted how long after its last use the connection is taken to stand without asking
   */
  PostgresSession(Connection connection, PostgresDatabase database, Duration trusted) {
    super(connection, database.faults());
    this.database = database;
    this.trusted = trusted;
    this.shape = database.gate().shape();
  }

  @Override
  Product product() {
    return Product.POSTGRESQL;
  }

  @Override
  void begin() throws SQLException {
    database.gate().beginReading();
    reads = true;
    long present = database.gate().shape();
    if (present != shape) {
      statements.clear();
      shape = present;
    }
  }

  @Override
  void beginWriting() {
    unreleased = false;
  }

  /** One way to the server for the end of one work and the beginning of the next. */
  @Override
  void savepoint() throws SQLException {
    run(unreleased ? "release work; savepoint work" : "savepoint work");
    unreleased = false;
  }

  /** Done with what comes next: the commit releases as well. */
  @Override
  void release() {
    unreleased = true;
  }

  @Override
  void rollbackToSavepoint() throws SQLException {
    run("rollback to work");
    release();
  }

  @Override
  void rollback() throws SQLException {
    try {
      connection.rollback();
      usedAt = System.nanoTime();
    } finally {
      leave();
    }
  }

  @Override
  void commit() throws SQLException {
    long number = counted();
    try {
      connection.commit();
      usedAt = System.nanoTime();
    } catch (SQLException e) {
      lost = true;
      if (number == 0 || !PostgresFaults.isLost(e)) {
        throw e;
      }
      leave();
      discard();
      if (!database.kept(number, e)) {
        throw e;
      }
    } finally {
      leave();
    }
  }

  /**
   * The number of the transaction, by which its outcome can be asked for; 0 for no change. It is
   * kept by the transaction itself: the server's own number is given again after a crash, when
   * nothing of its first bearer had reached the disk.
   */
  private long counted() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PostgresHeader.COUNT)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private void leave() {
    if (reads) {
      reads = false;
      database.gate().endReading();
    }
    if (changesTables) {
      changesTables = false;
      database.gate().endChanging();
    }
  }

  @Override
  boolean usable() {
    if (lost) {
      return false;
    }
    if (System.nanoTime() - usedAt < trusted.toNanos()) {
      return true;
    }
    try {
      run("select 1");
      if (!trusted.isZero()) {
        // The snapshot is to be that of the work.
        connection.rollback();
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    PostgresValues.bind(statement, values);
  }

  /** All go to the server together. */
  @Override
  void runForEach(PreparedStatement statement, List<@Nullable Object[]> values)
      throws SQLException {
    for (@Nullable Object[] each : values) {
      bind(statement, each);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  @Override
  Tx.Columns columns(ResultSet rows) throws SQLException {
    return new PostgresColumns(rows, faults);
  }

  @Override
  void inPieces(PreparedStatement statement, boolean wanted) throws SQLException {
    statement.setFetchSize(wanted ? ROWS_IN_A_PIECE : 0);
  }

  @Override
  long insert(SqlTx tx, String sql, @Nullable Object[] values) {
    return tx.first(sql + " RETURNING id", row -> row.integer(1), values).orElseThrow();
  }

  @Override
  String prepared(String sql) throws SQLException {
    if (!PostgresTables.changes(sql)) {
      return sql;
    }
    toChangeTables();
    return PostgresTables.translated(sql);
  }

  @Override
  void executeScript(String sql) throws SQLException {
    toChangeTables();
    run(PostgresTables.translated(sql));
  }

  private void toChangeTables() throws SQLException {
    if (!changesTables) {
      database.gate().beginChanging();
      changesTables = true;
      statements.clear();
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  void close() throws SQLException {
    leave();
    connection.close();
  }
}
