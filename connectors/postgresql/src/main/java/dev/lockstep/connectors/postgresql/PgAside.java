package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts aside what the server sends of transactions that are still open, and gives it back, as the
 * messages of one ordinary transaction, where they commit. So whoever reads sees every transaction
 * once, whole, in the order of commits, and none that is rolled back.
 *
 * <p>Nothing of it is durable, nor need it be: the server keeps its log from the oldest open
 * transaction on, and a new stream brings all of it again. Used by one thread.
 */
final class PgAside implements AutoCloseable {
  private static final int TYPE = PgStream.HEADER;
  private static final int BODY = TYPE + 1;

  private final Path folder;
  private final String slot;
  private final ByteBuffer buffer = PgSpill.buffer();
  private final Map<Integer, PgSpill> open = new HashMap<>();

  /** The transaction of which the server sends a part just now. */
  private int part;

  private boolean inPart;
  private @Nullable PgSpill writing;
  private @Nullable Given giving;

  /**
   * @param folder where files can be, which are not there any more after this is closed
   * @param slot tells these files from those of others
   */
  PgAside(Path folder, String slot) {
    this.folder = folder;
    this.slot = slot;
  }

  /** A transaction that is given back. */
  private static final class Given {
    private final byte[] end;
    private final @Nullable PgSpill parts;
    private byte @Nullable [] begin;

    Given(byte[] begin, @Nullable PgSpill parts, byte[] end) {
      this.begin = begin;
      this.parts = parts;
      this.end = end;
    }
  }

  /** Whether a transaction is being given back, and {@link #next} has more. */
  boolean isGiving() {
    return giving != null;
  }

  /** The next message of the transaction that is given back, its begin and its end included. */
  byte[] next() throws IOException {
    Given given = giving;
    if (given == null) {
      throw new IllegalStateException("nothing is given back");
    }
    byte[] message = given.begin;
    if (message != null) {
      given.begin = null;
      return message;
    }
    try {
      message = given.parts == null ? null : given.parts.next();
      if (message == null) {
        giving = null;
        buffer.clear();
        release(given.parts);
        message = given.end;
      }
      return message;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void release(@Nullable PgSpill spill) throws IOException {
    if (spill != null) {
      spill.close();
    }
  }

  /** Looks at a message of the stream; false when it is not of an open transaction. */
  boolean takes(byte[] message) throws SQLException, IOException {
    byte type = message[TYPE];
    try {
      if (inPart) {
        put(message, type);
        return true;
      }
      switch (type) {
        case 'S' -> start(message);
        case 'c' -> commit(message);
        case 'A' -> abort(message);
        default -> {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void start(byte[] message) throws SQLException {
    part = PgBuffer.getInt(message, BODY);
    writing = open.get(part);
    boolean first = message[BODY + 4] != 0;
    if (first && writing != null) {
      throw new SQLException("transaction " + part + " begins twice", "08P01");
    }
    inPart = true;
  }

  private void put(byte[] message, byte type) throws IOException {
    switch (type) {
      case 'I', 'U', 'D', 'T', 'R', 'M' -> {
        PgSpill spill = writing;
        if (spill == null) {
          Path file = folder.resolve(slot + "." + Integer.toUnsignedString(part) + ".open");
          spill = PgSpill.create(file, part, buffer);
          writing = spill;
          open.put(part, spill);
        }
        spill.add(PgBuffer.getInt(message, BODY), message, type, BODY + 4);
      }
      case 'E' -> {
        inPart = false;
        if (writing != null) {
          writing.flush();
          writing = null;
        }
      }
      default -> {
        // Types and origins, which nobody looks at.
      }
    }
  }

  private void abort(byte[] message) throws IOException {
    int transaction = PgBuffer.getInt(message, BODY);
    int subtransaction = PgBuffer.getInt(message, BODY + 4);
    if (transaction == subtransaction) {
      release(open.remove(transaction));
    } else {
      PgSpill spill = open.get(transaction);
      if (spill != null) {
        spill.abort(subtransaction);
      }
    }
  }

  private void commit(byte[] message) throws IOException {
    int transaction = PgBuffer.getInt(message, BODY);
    long commit = PgBuffer.getLong(message, BODY + 5);
    long end = PgBuffer.getLong(message, BODY + 13);
    long micros = PgBuffer.getLong(message, BODY + 21);
    PgSpill spill = open.remove(transaction);
    if (spill != null) {
      spill.rewind();
    }
    byte[] first = PgStream.message(commit, 21);
    ByteBuffer.wrap(first, TYPE, 21)
        .put((byte) 'B')
        .putLong(commit)
        .putLong(micros)
        .putInt(transaction);
    byte[] last = PgStream.message(commit, 26);
    ByteBuffer.wrap(last, TYPE, 26)
        .put((byte) 'C')
        .put((byte) 0)
        .putLong(commit)
        .putLong(end)
        .putLong(micros);
    giving = new Given(first, spill, last);
  }

  /** An interrupt is no fault of the disk. */
  private IOException failed(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return e;
    }
    throw new ConnectorException(
        Failure.Transient.of(
            "what the source sent of a large transaction that is still open cannot be kept in "
                + folder
                + ": "
                + text(e)
                + "; see that it can be written to and has room, or set `streaming: false`, with"
                + " which the source keeps it until it is committed"),
        e);
  }

  private static String text(IOException e) {
    return e instanceof FileSystemException file && file.getReason() == null
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  @Override
  public void close() {
    Given given = giving;
    giving = null;
    inPart = false;
    writing = null;
    buffer.clear();
    if (given != null) {
      discard(given.parts);
    }
    open.values().forEach(PgAside::discard);
    open.clear();
  }

  private static void discard(@Nullable PgSpill spill) {
    try {
      release(spill);
    } catch (IOException e) {
      // Nothing of it is wanted any more, and it ends with the process.
      return;
    }
  }
}
