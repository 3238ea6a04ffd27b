package dev.lockstep.connectors.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of one record, from {@code start} to {@code position}, and those read ahead, up to
 * {@code limit}. Once a record is longer than allowed only its first bytes are kept.
 */
final class Window {
  private static final int CHUNK = 64 * 1024;

  byte[] bytes = new byte[CHUNK];
  int start;
  int position;
  int limit;
  boolean truncated;

  private final int maxRecord;
  private InputStream in;

  Window(InputStream in, int maxRecord) {
    this.in = in;
    this.maxRecord = maxRecord;
  }

  /** Starts a record where the last one ended. */
  void begin() {
    start = position;
    truncated = false;
  }

  /** Whether the record so far is longer than allowed. */
  boolean isTooLong(int to) {
    return truncated || to - start > maxRecord;
  }

  /**
   * Reads on when all was seen; false at the end. Moves the record to the front of {@link #bytes}.
   */
  boolean more() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      limit -= start;
      position -= start;
      start = 0;
    }
    // Invariant 8: a record over the bound is seen to its end without being held.
    if (limit > maxRecord && limit > CHUNK) {
      truncated = true;
      limit = CHUNK;
      position = CHUNK;
    }
    if (limit == bytes.length) {
      long room = Math.min(2L * bytes.length, (long) maxRecord + 2 * CHUNK);
      bytes = Arrays.copyOf(bytes, (int) room);
    }
    int read = in.read(bytes, limit, bytes.length - limit);
    if (read < 0) {
      return false;
    }
    limit += read;
    return true;
  }

  /** Goes on with other bytes. */
  void reopen(InputStream other) throws IOException {
    in.close();
    in = other;
    start = 0;
    position = 0;
    limit = 0;
  }

  void close() throws IOException {
    in.close();
  }
}
