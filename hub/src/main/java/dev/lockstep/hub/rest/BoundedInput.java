package dev.lockstep.hub.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where a body goes on beyond what it may be. */
final class BoundedInput extends FilterInputStream {
  private long left;

  BoundedInput(InputStream in, long most) {
    super(in);
    this.left = most;
  }

  /** The body is longer than it may be. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The body cannot be read to its end: cut, or wrongly framed. */
  static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut(RuntimeException cause) {
      super(cause);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read;
    try {
      read = super.read(bytes, from, length);
    } catch (RuntimeException broken) {
      // The server's stream tells of bad framing and of a lost connection by unchecked exceptions.
      throw new Cut(broken);
    }
    count(Math.max(0, read));
    return read;
  }

  /**
   * Leaves what is unread to the server: closing its stream would read a body to its end, however
   * long.
   */
  @Override
  public void close() {}

  private void count(int read) throws TooLong {
    left -= read;
    if (left < 0) {
      throw new TooLong();
    }
  }
}
