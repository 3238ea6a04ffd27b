package dev.lockstep.connectors.postgresql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket on which one can wait for the next byte without taking it, for any time, at no cost, and
 * look for it without waiting: the driver itself can only block for good, or look for a
 * millisecond. It gives up on a server from which nothing came for too long, so that a connection
 * whose other end is gone does not look like a quiet one.
 */
final class PgSocket extends Socket {
  /** How long a wait lasts at most before it looks for an interrupt. */
  private static final int SLICE_MILLIS = 50;

  private static final int BUFFER = 64 << 10;

  /** For how long the driver waits when it only wants to know whether something is there. */
  private static final int LOOK_MILLIS = 1;

  private final long silenceNanos;
  private @Nullable Input input;

  /** Whether the next read is only to see whether something is there. */
  private boolean looking;

  PgSocket(Duration silence) {
    this.silenceNanos = silence.toNanos();
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    Input open = input;
    if (open == null) {
      open = new Input(super.getInputStream());
      input = open;
    }
    return open;
  }

  /** What comes in the very next moment is as good as what comes later: it is waited for there. */
  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    looking = millis == LOOK_MILLIS;
    super.setSoTimeout(millis);
  }

  /** For how long nothing has come. */
  long silentNanos() {
    Input open = input;
    return open == null ? 0 : System.nanoTime() - open.heard;
  }

  /** Counts the silence from now on. */
  void listen() {
    Input open = input;
    if (open != null) {
      open.heard = System.nanoTime();
    }
  }

  /**
   * Waits until there is something to read; false when there is nothing within the time. Throws
   * {@link IOException} when the server has closed, has been silent for too long, or the thread is
   * interrupted.
   */
  boolean await(long nanos) throws IOException {
    Input open = (Input) getInputStream();
    long until = System.nanoTime() + nanos;
    while (!open.isFilled()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      if (open.fill(Math.clamp((left + 999_999) / 1_000_000, 1, SLICE_MILLIS)) < 0) {
        throw new EOFException("the server closed the connection");
      }
    }
    return true;
  }

  /** What was read from the socket and not yet by the driver. */
  private final class Input extends InputStream {
    private final InputStream from;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private volatile long heard = System.nanoTime();

    Input(InputStream from) {
      this.from = from;
    }

    boolean isFilled() {
      return at < end;
    }

    /** Answers how many bytes came, 0 for none within the time, -1 for the end. */
    int fill(int millis) throws IOException {
      int before = getSoTimeout();
      PgSocket.super.setSoTimeout(millis);
      try {
        return fill();
      } catch (SocketTimeoutException e) {
        return 0;
      } finally {
        PgSocket.super.setSoTimeout(before);
      }
    }

    private int fill() throws IOException {
      int count = take(buffer, 0, buffer.length);
      at = 0;
      end = Math.max(0, count);
      return count;
    }

    /** The driver waits on within a message, however often its patience ends; this does not. */
    private int take(byte[] to, int offset, int length) throws IOException {
      if (looking && from.available() == 0) {
        throw Nothing.NEW;
      }
      try {
        int count = from.read(to, offset, length);
        heard = System.nanoTime();
        return count;
      } catch (SocketTimeoutException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        if (silentNanos() > silenceNanos) {
          throw new IOException(
              "nothing has come from the server for " + Duration.ofNanos(silenceNanos), e);
        }
        throw e;
      }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (at == end) {
        if (length >= buffer.length) {
          return take(to, offset, length);
        }
        if (fill() < 0) {
          return -1;
        }
      }
      // Whoever deciphers has begun with something, and waits for the rest of it as always.
      looking = false;
      int count = Math.min(length, end - at);
      System.arraycopy(buffer, at, to, offset, count);
      at += count;
      return count;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int available() throws IOException {
      return at < end ? end - at : from.available();
    }

    @Override
    public void close() throws IOException {
      PgSocket.this.close();
    }
  }

  /** That there is nothing, which comes after every transaction and has no story to tell. */
  private static final class Nothing extends SocketTimeoutException {
    static final Nothing NEW = new Nothing();

    private static final long serialVersionUID = 1;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
