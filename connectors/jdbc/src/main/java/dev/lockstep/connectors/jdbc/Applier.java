package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.Writer.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts items into a table, set by set. Thread-safe; one per writer. */
public interface Applier {

  /** Prepares a transaction, before the first savepoint in it. */
  default void begin(Connection connection, Task task) throws SQLException {}

  /**
   * Applies a whole batch inside the connection's transaction by whatever is fastest.
   *
   * @return false if nothing was done and {@link #apply} must be called
   */
  default boolean applyAtOnce(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException {
    return false;
  }

  /**
   * Applies items, all or, by throwing, none that counts: the caller rolls back to its savepoint.
   */
  void apply(Connection connection, Task task, List<Item> items, Outcomes outcomes)
      throws SQLException;

  /**
   * What is written to and how.
   *
   * @param filling whether references in a circle may be left unchecked
   */
  record Task(Table table, Mode mode, boolean filling) {
    public Task(Table table, Mode mode) {
      this(table, mode, false);
    }
  }
}
