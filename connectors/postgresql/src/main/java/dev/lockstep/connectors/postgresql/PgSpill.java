package dev.lockstep.connectors.postgresql;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of one transaction that is still open: its messages in a file, each with the
 * subtransaction it is of. First written, then read once; used by one thread. The file is gone when
 * it is closed or the process ends, however it ends, since on a Unix it has no name from when it is
 * open.
 */
final class PgSpill implements AutoCloseable {
  /** Length of the rest, subtransaction, place in the log. */
  private static final int HEAD = 16;

  // Invariant 8: no buffer grows with a value, and the system's own are not larger than ours.
  private static final int BUFFER = 64 << 10;

  private final int transaction;
  private final FileChannel file;
  private final ByteBuffer buffer;

  /**
   * Which subtransactions were rolled back, by how much later than the transaction they began: a
   * bit for each transaction that the server began meanwhile.
   */
  private final BitSet aborted = new BitSet();

  private PgSpill(int transaction, FileChannel file, ByteBuffer buffer) {
    this.transaction = transaction;
    this.file = file;
    this.buffer = buffer;
  }

  static PgSpill create(Path path, int transaction, ByteBuffer buffer) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.deleteIfExists(path);
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            ownerOnly(path));
    return new PgSpill(transaction, file, buffer);
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** A buffer for one spill at a time. */
  static ByteBuffer buffer() {
    return ByteBuffer.allocate(BUFFER);
  }

  /** Adds a message: a byte for its type, and from some place on all of it. */
  void add(int subtransaction, byte[] message, byte type, int from) throws IOException {
    room(HEAD + 1);
    buffer.putInt(message.length - from + 1);
    buffer.putInt(subtransaction);
    buffer.putLong(PgBuffer.getLong(message, 1));
    buffer.put(type);
    for (int at = from; at < message.length; ) {
      room(1);
      int count = Math.min(buffer.remaining(), message.length - at);
      buffer.put(message, at, count);
      at += count;
    }
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  /** Ends a part; the buffer is free for others. */
  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  /** What came of a subtransaction is not part of the transaction. */
  void abort(int subtransaction) {
    aborted.set(subtransaction - transaction);
  }

  /** Goes to the first message. */
  void rewind() throws IOException {
    file.position(0);
    buffer.clear().limit(0);
  }

  /** The next message in the form of {@link PgStream#poll}; null after the last. */
  byte @Nullable [] next() throws IOException {
    while (has(HEAD)) {
      int length = buffer.getInt();
      boolean left = aborted.get(buffer.getInt() - transaction);
      long place = buffer.getLong();
      if (left) {
        skip(length);
      } else {
        byte[] message = PgStream.message(place, length);
        read(message, PgStream.HEADER);
        return message;
      }
    }
    return null;
  }

  /** Whether there is more; so many bytes of it are then in the buffer. */
  private boolean has(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return true;
    }
    buffer.compact();
    while (buffer.position() < bytes) {
      if (file.read(buffer) < 0) {
        if (buffer.position() == 0) {
          buffer.flip();
          return false;
        }
        throw new EOFException("the file ends within a message");
      }
    }
    buffer.flip();
    return true;
  }

  private void skip(int bytes) throws IOException {
    int here = Math.min(bytes, buffer.remaining());
    buffer.position(buffer.position() + here);
    file.position(file.position() + bytes - here);
  }

  private void read(byte[] to, int from) throws IOException {
    for (int at = from; at < to.length; ) {
      has(1);
      int count = Math.min(buffer.remaining(), to.length - at);
      buffer.get(to, at, count);
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
