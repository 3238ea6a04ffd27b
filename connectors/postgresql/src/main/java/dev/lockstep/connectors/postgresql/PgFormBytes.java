package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormBytes;
import dev.lockstep.connectors.jdbc.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
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
  private long records;

  /** Begins the transaction and answers the statement. */
  interface Begin {
    String statement(Connection connection) throws SQLException;
  }

  PgFormBytes(Sessions.Lease lease, Begin begin) {
    this.lease = lease;
    this.begin = begin;
  }

  @Override
  public int read(byte[] into, int from, int length) throws InterruptedException {
    if (ended) {
      return -1;
    }
    return lease.run(connection -> fill(open(connection), into, from, length));
  }

  private CopyOut open(Connection connection) throws SQLException {
    CopyOut open = copy;
    if (open == null) {
      open =
          connection.unwrap(PGConnection.class).getCopyAPI().copyOut(begin.statement(connection));
      copy = open;
    }
    return open;
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
  public void close() {
    lease.abandon(copy == null || !ended);
    lease.close();
  }
}
