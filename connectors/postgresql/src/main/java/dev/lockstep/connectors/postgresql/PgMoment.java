package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Sessions;
import dev.lockstep.connectors.jdbc.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A state of the database that several sessions read, held by a transaction of its own, which also
 * keeps the table where it lies. Thread-safe.
 */
final class PgMoment implements AutoCloseable {
  /** As the servers from 16 on call it, and as those before do. */
  private static final Set<String> NO_SUCH_SNAPSHOT = Set.of("42704", "22023");

  private static final String LOCK_TIMEOUT = "55P03";

  private static final long MOST_TRANSACTIONS = 1L << 30;

  private final Sessions.Lease holder;
  private final String table;
  private final String exported;
  private final String text;

  private PgMoment(Sessions.Lease holder, String table, String exported, String text) {
    this.holder = holder;
    this.table = table;
    this.exported = exported;
    this.text = text;
  }

  /** What is asked of the database in the holding transaction. */
  interface Begun<T> {
    T look(Connection connection, PgMoment moment) throws SQLException;
  }

  /**
   * Opens a moment, that where a slot begins if it is held; {@code begun} looks at the table once
   * it can neither be moved nor emptied.
   */
  static <T> T open(Sessions sessions, DatasetId dataset, TableName name, Begun<T> begun)
      throws InterruptedException {
    Intent intent = Intent.read(name);
    String table = sessions.dialect().quote(name);
    Sessions.Lease holder = sessions.lease(intent);
    boolean held = false;
    try {
      T found =
          holder.run(connection -> {
            boolean begunBefore = sessions.dialect().beginRead(connection, dataset);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
              if (!begunBefore) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
              }
              statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
              statement.execute(lock(table));
            }
            return begun.look(connection, of(holder, table, connection));
          });
      held = true;
      return found;
    } finally {
      if (!held) {
        holder.abandon(true);
        holder.close();
      }
    }
  }

  private static String lock(String table) {
    return "LOCK TABLE " + table + " IN ACCESS SHARE MODE";
  }

  private static PgMoment of(Sessions.Lease holder, String table, Connection connection)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_export_snapshot(), pg_current_snapshot()::text")) {
      row.next();
      return new PgMoment(holder, table, row.getString(1), row.getString(2));
    }
  }

  /** The snapshot as {@code xmin:xmax:xip}. */
  String text() {
    return text;
  }

  /**
   * Begins a transaction that sees this moment. Who wants to alter or empty the table waits for the
   * transaction that holds it, and this one would wait behind them: for ever, since the holder
   * waits for this. So it gives up soon, and lets them pass.
   */
  void enter(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET TRANSACTION SNAPSHOT '"
              + exported
              + "'; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '1s'; "
              + lock(table)
              + "; SET LOCAL lock_timeout = 0");
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (NO_SUCH_SNAPSHOT.contains(state)) {
        throw PgSnapshots.gone(e);
      }
      if (state.equals(LOCK_TIMEOUT)) {
        throw new ConnectorException(
            Failure.Transient.of(
                "somebody waits to alter or empty table " + table + ", and is let pass"),
            e);
      }
      throw e;
    }
  }

  /**
   * A condition that leaves out only rows that were visible at an earlier moment, for rows of
   * {@code t}; always true when that moment is so long ago that transactions' numbers have turned.
   */
  String notSeenAt(String earlier) {
    long then = oldest(earlier);
    if (oldest(text) - then > MOST_TRANSACTIONS) {
      return "true";
    }
    // A row's number is compared by its age, because numbers are used again after four thousand
    // million transactions. What was visible then was written by an older transaction than the
    // oldest that was running.
    return "age(t.xmin) <= age('" + (then & 0xFFFF_FFFFL) + "'::xid)";
  }

  private static long oldest(String moment) {
    return Long.parseLong(moment.substring(0, moment.indexOf(':')));
  }

  @Override
  public void close() {
    holder.abandon(true);
    holder.close();
  }
}
