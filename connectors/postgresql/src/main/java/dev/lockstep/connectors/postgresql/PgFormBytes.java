package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormBytes;
import dev.lockstep.connectors.jdbc.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The bytes of one {@code COPY ... TO STDOUT (FORMAT binary)}, header and trailer included. */
final class PgFormBytes implements FormBytes {
  private final Sessions.Lease lease;
  private final Begin begin;
  private @Nullable CopyOut copy;
  private byte[] message = {};
  private int taken;
  private boolean ended;
  private long undecided;
  private long records;
  private OptionalLong all = OptionalLong.empty();

  /** Begins the transaction and answers what is sent. */
  interface Begin {
    Sent sent(Connection connection) throws SQLException;
  }

  /**
   * What is sent.
   *
   * @param count where not all records are sent: a query of how many there are, and of how many of
   *     them it cannot be told whether they are to be
   */
  record Sent(String copy, Optional<String> count) {}

  PgFormBytes(Sessions.Lease lease, Begin begin) {
    this.lease = lease;
    this.begin = begin;
  }

  @Override
  public int read(byte[] into, int from, int length) throws InterruptedException {
    if (ended) {
      return -1;
    }
    int count =
        lease.run(connection -> {
          CopyOut open = copy == null ? open(connection) : copy;
          return open == null ? 0 : fill(open, into, from, length);
        });
    if (undecided > 0) {
      throw new Undecided(undecided);
    }
    return count;
  }

  private @Nullable CopyOut open(Connection connection) throws SQLException {
    Sent sent = begin.sent(connection);
    if (sent.count().isPresent()) {
      count(connection, sent.count().get());
    }
    if (undecided == 0) {
      copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sent.copy());
    }
    return copy;
  }

  /** In the transaction that sends, so that it is the same records that are counted. */
  private void count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        all = OptionalLong.of(row.getLong(1));
        undecided = row.getLong(2);
      }
    }
  }

  private int fill(CopyOut open, byte[] into, int from, int length) throws SQLException {
    int at = from;
    int end = from + length;
    while (at < end) {
      if (taken == message.length) {
        byte[] next = open.readFromCopy();
        if (next == null) {
          ended = true;
          records = open.getHandledRowCount();
          break;
        }
        message = next;
        taken = 0;
      }
      int some = Math.min(message.length - taken, end - at);
      System.arraycopy(message, taken, into, at, some);
      taken += some;
      at += some;
    }
    return at == from ? -1 : at - from;
  }

  @Override
  public long records() {
    return records;
  }

  @Override
  public long filtered() {
    return all.isPresent() ? all.getAsLong() - records : 0;
  }

  @Override
  public void close() {
    lease.abandon(!ended && undecided == 0);
    lease.close();
  }
}
