package dev.lockstep.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A connection at work, and what is to be said about it on others when it does not answer any more.
 *
 * @param kill ends its work at the server
 * @param known returns a row as long as the server knows it
 */
record Held(
    Connection connection,
    Dialect dialect,
    Silence silence,
    Optional<String> kill,
    Optional<String> known)
    implements Watches.Work {

  static Held of(Connection connection, Dialect dialect, Silence silence) throws SQLException {
    return new Held(
        connection, dialect, silence, dialect.kill(connection), dialect.known(connection));
  }

  @Override
  public void cancel() throws SQLException {
    dialect.cancel(connection);
  }

  @Override
  public boolean isThere() throws InterruptedException {
    return known.isEmpty() || silence.isThere(known.get());
  }

  @Override
  public void giveUp() throws SQLException {
    connection.abort(Runnable::run);
  }
}
