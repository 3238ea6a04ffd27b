package dev.lockstep.connectors.http;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;

/** An answer's bytes as they arrive; turns the client library's many exceptions into one. */
final class AnswerStream extends InputStream {
  private final InputStream in;
  private final byte[] one = new byte[1];
  private final boolean endsWithConnection;
  private boolean atEnd;

  /** An answer that ends where its head says. */
  static AnswerStream measured(InputStream in) {
    return new AnswerStream(in, false, false);
  }

  /** An answer that ends with its connection. */
  static AnswerStream toTheEnd(InputStream in) {
    return new AnswerStream(in, true, false);
  }

  /** An answer without a body. */
  static AnswerStream none() {
    return new AnswerStream(InputStream.nullInputStream(), false, true);
  }

  private AnswerStream(InputStream in, boolean endsWithConnection, boolean atEnd) {
    this.in = in;
    this.endsWithConnection = endsWithConnection;
    this.atEnd = atEnd;
  }

  boolean isAtEnd() {
    return atEnd;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (atEnd) {
      return -1;
    }
    try {
      int read = in.read(bytes, offset, length);
      atEnd = read < 0;
      return read;
    } catch (DataReader.InsufficientDataAvailableException end) {
      if (endsWithConnection) {
        atEnd = true;
        return -1;
      }
      throw new IOException(Faults.broken(end), end);
    } catch (RuntimeException broken) {
      // The library throws unchecked exceptions without a common type when a body breaks off.
      throw new IOException(Faults.broken(broken), broken);
    }
  }

  /** Reads on to the end, but not past so many bytes. */
  void skipNBytesIfAny(int most) throws IOException {
    byte[] scratch = new byte[2048];
    int left = most;
    while (left > 0) {
      int read = read(scratch, 0, scratch.length);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }
}
