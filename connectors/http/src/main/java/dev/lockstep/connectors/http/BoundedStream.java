package dev.lockstep.connectors.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more bytes came than allowed. */
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in, long max) {
    super(in);
    this.left = max;
  }

  /** The answer is larger than allowed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the answer is larger than maxResponse");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read > 0 && (left -= read) < 0) {
      throw new TooLargeException();
    }
    return read;
  }
}
