package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Intent;
import dev.lockstep.connectors.jdbc.Sessions;
import java.io.IOException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * A connection that speaks the replication protocol. Used by one thread. Held by whoever reads from
 * it, since the driver closes a connection that nobody holds, its stream with it.
 */
final class PgReplication implements AutoCloseable {
  static final Intent INTENT = new Intent("following", "the database", "REPLICATION");

  /**
   * What is written as text is written as everywhere else here; and a stream that its reader leaves
   * waiting for a target is not taken for dead, as long as the reader's host answers.
   */
  private static final List<String> START =
      List.of(
          "SET statement_timeout = 0",
          "SET wal_sender_timeout = '10min'",
          "SET tcp_keepalives_idle = 30",
          "SET tcp_keepalives_interval = 10",
          "SET tcp_keepalives_count = 3");

  /** How often a read within a message looks whether the server and its reader are still there. */
  private static final int READ_MILLIS = 250;

  private final Sessions sessions;
  private final Connection connection;
  private final PgSocket socket;

  private PgReplication(Sessions sessions, Connection connection, PgSocket socket) {
    this.sessions = sessions;
    this.connection = connection;
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param name what the server shows as the application
   */
  static PgReplication open(Sessions sessions, String name, Duration silence)
      throws InterruptedException {
    try (PgSocketFactory.Order order = new PgSocketFactory.Order(silence)) {
      Map<String, String> properties = new HashMap<>(order.properties());
      properties.put("replication", "database");
      properties.put("assumeMinServerVersion", "14");
      properties.put("preferQueryMode", "simple");
      properties.put("ApplicationName", name);
      Connection connection =
          sessions.open(
              properties, Stream.concat(PostgresDialect.FORMS.stream(), START.stream()).toList());
      return new PgReplication(sessions, connection, order.socket());
    }
  }

  /**
   * Which server this is.
   *
   * @param flushed the end of what is durable in its log
   */
  record Identity(long system, int timeline, long flushed) {}

  Identity identify() throws InterruptedException {
    return query(
        "IDENTIFY_SYSTEM",
        row ->
            new Identity(
                Long.parseUnsignedLong(row.getString(1)),
                row.getInt(2),
                PgPosition.lsn(row.getString(3))));
  }

  /** Where this server's history left an older timeline; empty when it was never on it. */
  OptionalLong leftAt(int timeline, int now) throws InterruptedException {
    String history = query("TIMELINE_HISTORY " + now, row -> row.getString(2));
    return history
        .lines()
        .map(line -> line.strip().split("\\s+", 3))
        .filter(parts -> parts.length >= 2 && parts[0].equals(Integer.toString(timeline)))
        .mapToLong(parts -> PgPosition.lsn(parts[1]))
        .findFirst();
  }

  /**
   * A slot that was just made.
   *
   * @param start from where on it keeps the log
   * @param snapshot what was visible there, until the next command on this connection
   */
  record Created(long start, String snapshot) {}

  /** Waits for the transactions that are open now; an interrupt ends the wait. */
  Created createSlot(String slot, boolean failover) throws InterruptedException {
    return query(
        "CREATE_REPLICATION_SLOT \""
            + slot
            + "\" LOGICAL pgoutput (SNAPSHOT 'export'"
            + (failover ? ", FAILOVER" : "")
            + ")",
        row -> new Created(PgPosition.lsn(row.getString(2)), row.getString(3)));
  }

  /**
   * As {@link #createSlot}, for a slot that goes with this connection: what is visible at a place
   * of the log.
   */
  Created visible(String slot) throws InterruptedException {
    return query(
        "CREATE_REPLICATION_SLOT \"" + slot + "\" TEMPORARY LOGICAL pgoutput (SNAPSHOT 'export')",
        row -> new Created(PgPosition.lsn(row.getString(2)), row.getString(3)));
  }

  private interface FirstRow<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T query(String command, FirstRow<T> first) throws InterruptedException {
    return sessions.run(
        connection,
        INTENT,
        on -> {
          try (Statement statement = on.createStatement();
              ResultSet row = statement.executeQuery(command)) {
            row.next();
            return first.read(row);
          }
        });
  }

  Connection connection() {
    return connection;
  }

  /** Starts the stream, after which this connection serves nothing else. */
  PgStream start(String command) throws SQLException {
    CopyDual copy = connection.unwrap(PGConnection.class).getCopyAPI().copyDual(command);
    try {
      socket.setSoTimeout(READ_MILLIS);
    } catch (SocketException e) {
      throw new SQLException("the connection broke", "08006", e);
    }
    return new PgStream(this, copy, socket);
  }

  /** Ends the connection, whatever it is doing. */
  @Override
  public void close() {
    try {
      // The driver would first ask the server to end the stream, and wait for all that is under
      // way.
      socket.close();
      connection.close();
    } catch (IOException | SQLException e) {
      // It is broken, and the server forgets it by itself.
      return;
    }
  }
}
