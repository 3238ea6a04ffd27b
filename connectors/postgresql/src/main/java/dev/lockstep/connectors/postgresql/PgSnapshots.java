package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ChangeReader.Subscription;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import dev.lockstep.connectors.jdbc.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was visible where a slot begins, held by a transaction of its own until the tables have been
 * read, so that many readers see exactly that. Gone with that transaction: then readers are turned
 * away until another moment is held. Thread-safe.
 */
final class PgSnapshots implements AutoCloseable {
  private static final int SECONDS = 5;
  private static final List<String> HOLD =
      List.of("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0");

  private final Map<String, Held> held = new ConcurrentHashMap<>();

  private record Held(Position at, String snapshot, Set<DatasetId> datasets, Connection holder) {}

  /** Takes over a snapshot that the connection of a new slot still holds. */
  void hold(Sessions sessions, Subscription subscription, Position at, String exported)
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
    Set<DatasetId> datasets = Set.copyOf(subscription.datasets());
    drop(held.put(subscription.name(), new Held(at, snapshot, datasets, holder)));
  }

  /** Where the changes begin that follow what is held for a subscription. */
  Optional<Position> position(String subscription) {
    Held now = held.get(subscription);
    return now != null && isThere(now.holder()) ? Optional.of(now.at()) : Optional.empty();
  }

  private static boolean isThere(Connection holder) {
    try {
      return holder.isValid(SECONDS);
    } catch (SQLException e) {
      throw new IllegalArgumentException("the driver takes these seconds", e);
    }
  }

  /**
   * Begins a transaction that sees a dataset as it was where its slot begins, if that is held.
   *
   * @return false if nothing is held for it, and then nothing was begun
   * @throws ConnectorException if what was held is gone
   */
  boolean enter(Connection connection, DatasetId dataset) throws SQLException {
    for (Held each : held.values()) {
      if (each.datasets().contains(dataset)) {
        try {
          enter(connection, each.snapshot());
          return true;
        } catch (SQLException e) {
          if (isThere(each.holder())) {
            throw e;
          }
          throw gone(e);
        }
      }
    }
    return false;
  }

  /** What is there now would not fit to the changes that follow, nor to what was read. */
  static ConnectorException gone(SQLException e) {
    return new ConnectorException(
        Failure.Transient.of("the snapshot that tables are read in is gone: " + e.getMessage()), e);
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
