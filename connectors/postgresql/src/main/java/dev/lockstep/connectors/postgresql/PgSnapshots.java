package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.DatasetId;
import dev.lockstep.connectors.jdbc.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was visible where a slot begins, held by a transaction of its own until the tables have been
 * read, so that many readers see exactly that. Gone after a restart: then readers see what there is
 * when they begin, and changes that they saw already come again. Thread-safe.
 */
final class PgSnapshots implements AutoCloseable {
  private static final List<String> HOLD =
      List.of("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0");

  private final Map<String, Held> held = new ConcurrentHashMap<>();

  private record Held(String snapshot, Set<DatasetId> datasets, Connection holder) {}

  /** Takes over a snapshot that the connection of a new slot still holds. */
  void hold(Sessions sessions, String subscription, List<DatasetId> datasets, String exported)
      throws InterruptedException {
    Connection holder = sessions.open(Map.of("ApplicationName", "lockstep snapshot"), HOLD);
    String snapshot =
        sessions.run(
            holder,
            PgReplication.INTENT,
            connection -> {
              enter(connection, exported);
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
              }
            });
    drop(held.put(subscription, new Held(snapshot, Set.copyOf(datasets), holder)));
  }

  /**
   * Begins a transaction that sees a dataset as it was where its slot begins, if that is held.
   *
   * @return false if it is not, and then nothing was begun
   */
  boolean enter(Connection connection, DatasetId dataset) throws SQLException {
    for (Held each : held.values()) {
      if (each.datasets().contains(dataset)) {
        try {
          enter(connection, each.snapshot());
          return true;
        } catch (SQLException e) {
          if (each.holder().isValid(1)) {
            throw e;
          }
          // The transaction that held it was ended; nothing can bring that moment back.
          connection.rollback();
        }
      }
    }
    return false;
  }

  private static void enter(Connection connection, String snapshot) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      statement.execute("SET TRANSACTION SNAPSHOT " + PgLiterals.literal(snapshot));
    }
  }

  /** Lets go of what a subscription holds. */
  void release(String subscription) {
    drop(held.remove(subscription));
  }

  private static void drop(@Nullable Held gone) {
    if (gone != null) {
      try {
        gone.holder().close();
      } catch (SQLException e) {
        // It is broken, and its transaction ended with it.
        return;
      }
    }
  }

  @Override
  public void close() {
    held.keySet().forEach(this::release);
  }
}
