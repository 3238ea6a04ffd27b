package dev.lockstep.connectors.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;

/**
 * The messages of a running stream, and what the server is told of it. Used by one thread; after an
 * error it is only good for being closed.
 */
final class PgStream implements AutoCloseable {
  /** Where the log's message begins, after {@code w}, where it stands, the log's end and time. */
  static final int HEADER = 25;

  /** A message as {@link #poll} brings it, with room for what the plug-in wrote. */
  static byte[] message(long place, int length) {
    byte[] message = new byte[HEADER + length];
    ByteBuffer.wrap(message).put((byte) 'w').putLong(place);
    return message;
  }

  private static final long PING_SHARE = 3;
  private static final long MICROS_TO_2000 = 946_684_800_000_000L;

  private final PgReplication connection;
  private final CopyDual copy;
  private final PgSocket socket;
  private long end;
  private long asked;
  private boolean wanted;

  /** When a wait ended last. */
  private long waited = System.nanoTime();

  PgStream(PgReplication connection, CopyDual copy, PgSocket socket) {
    this.connection = connection;
    this.copy = copy;
    this.socket = socket;
    this.asked = System.nanoTime();
  }

  /**
   * The next message, whole, as the server sent it: {@code w}, where it stands (8 bytes), 16 bytes,
   * and from {@link #HEADER} on what the plug-in wrote; null when none has come yet.
   */
  byte @Nullable [] poll() throws SQLException {
    byte[] message = copy.readFromCopy(false);
    while (message != null && message[0] != 'w') {
      heard(message);
      message = copy.readFromCopy(false);
    }
    return message;
  }

  /**
   * The message whose beginning {@link #await} has seen; null when it was a sign of life. Asking
   * whether one is pending would not do: under TLS nothing is before it was deciphered.
   */
  byte @Nullable [] take() throws SQLException {
    byte[] message = copy.readFromCopy();
    if (message == null) {
      throw new SQLException("the server ended the stream", "08006");
    }
    if (message[0] == 'w') {
      return message;
    }
    heard(message);
    return null;
  }

  private void heard(byte[] keepalive) {
    if (keepalive[0] == 'k') {
      end = PgBuffer.getLong(keepalive, 1);
      wanted |= keepalive[17] != 0;
    }
  }

  /** Whether the server has asked to be told where this side stands. */
  boolean isAsked() {
    return wanted;
  }

  /**
   * Up to where the server has read its log and sent all of it that belongs here; 0 until it says.
   */
  long end() {
    return end;
  }

  /**
   * Waits for the next message; false when none comes within the time. Asks a server that has been
   * silent for a sign of life, and throws {@link IOException} when it gives none.
   */
  boolean await(long nanos, long silenceNanos, long durable) throws SQLException, IOException {
    long patience = silenceNanos / PING_SHARE;
    long until = System.nanoTime() + nanos;
    if (System.nanoTime() - waited > patience) {
      // What was not read cannot be told from silence.
      socket.listen();
    }
    try {
      return awaitUntil(until, patience, durable);
    } finally {
      waited = System.nanoTime();
    }
  }

  private boolean awaitUntil(long until, long patience, long durable)
      throws SQLException, IOException {
    while (true) {
      if (socket.silentNanos() > patience && System.nanoTime() - asked > patience) {
        asked = System.nanoTime();
        tell(durable, true);
      }
      long left = until - System.nanoTime();
      if (socket.await(Math.min(left, patience))) {
        return true;
      }
      if (System.nanoTime() >= until) {
        return false;
      }
    }
  }

  /** Tells the server that it may discard its log up to here. */
  void tell(long durable, boolean reply) throws SQLException {
    wanted = false;
    PgBuffer status = new PgBuffer(34);
    status.putByte('r');
    // What was received moves with the log's end, or the server would say again that it moved.
    status.putLong(Math.max(end, durable));
    status.putLong(durable);
    status.putLong(durable);
    status.putLong(System.currentTimeMillis() * 1000 - MICROS_TO_2000);
    status.putByte(reply ? 1 : 0);
    copy.writeToCopy(status.bytes(), 0, status.size());
    copy.flushCopy();
  }

  @Override
  public void close() {
    connection.close();
  }
}
