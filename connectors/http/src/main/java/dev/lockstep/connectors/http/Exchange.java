package dev.lockstep.connectors.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

/**
 * A call whose answer has begun. Closing it gives the connection back when the answer was read
 * whole.
 */
final class Exchange implements AutoCloseable {
  /** An answer's rest up to this size is read rather than given up with its connection. */
  private static final int WORTH_READING = 64 * 1024;

  private final Lines.Line line;
  private final Http1ClientResponse response;
  private final Watch watch;
  private final AnswerStream raw;

  /** A call under way, for whoever watches the time. */
  static final class Watch {
    private final Lines.Line line;
    private final long deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    private enum State {
      RUNNING,
      DONE,
      OVERDUE
    }

    Watch(Lines.Line line, Duration limit) {
      this.line = line;
      this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** True when nobody needs to watch it any longer. */
    boolean isDoneOrCloses(long now) {
      if (now - deadline > 0 && state.compareAndSet(State.RUNNING, State.OVERDUE)) {
        line.close();
      }
      return state.get() != State.RUNNING;
    }

    boolean isOverdue() {
      return state.get() == State.OVERDUE;
    }

    void done() {
      state.compareAndSet(State.RUNNING, State.DONE);
    }
  }

  Exchange(Lines.Line line, Http1ClientResponse response, Watch watch) {
    this.line = line;
    this.response = response;
    this.watch = watch;
    boolean endsWithConnection = !hasEnd(response);
    if (endsWithConnection) {
      line.markSpent();
    }
    this.raw = body(response, endsWithConnection);
  }

  private static AnswerStream body(Http1ClientResponse response, boolean endsWithConnection) {
    // The library waits for a body after 304, which never has one.
    if (response.status().code() == 304 || !response.entity().hasEntity()) {
      return AnswerStream.none();
    }
    InputStream in = response.entity().inputStream();
    return endsWithConnection ? AnswerStream.toTheEnd(in) : AnswerStream.measured(in);
  }

  private static boolean hasEnd(Http1ClientResponse response) {
    int status = response.status().code();
    return status == 204
        || response.headers().contains(HeaderNames.CONTENT_LENGTH)
        || response.headers().contains(HeaderNames.TRANSFER_ENCODING);
  }

  int status() {
    return response.status().code();
  }

  Optional<String> header(HeaderName name) {
    return response.headers().contains(name)
        ? Optional.of(response.headers().get(name).get())
        : Optional.empty();
  }

  List<String> headers(HeaderName name) {
    return response.headers().contains(name) ? response.headers().get(name).allValues() : List.of();
  }

  boolean isOverdue() {
    return watch.isOverdue();
  }

  /** The answer's body, decompressed, of at most so many bytes; reading more fails. */
  InputStream body(long max) throws IOException {
    String encoding = header(HeaderNames.CONTENT_ENCODING).orElse("identity");
    return switch (encoding) {
      case "identity" -> new BoundedStream(raw, max);
      case "gzip", "x-gzip" -> new BoundedStream(new GZIPInputStream(raw, 8192), max);
      default -> throw new IOException("the answer is compressed as " + Faults.cut(encoding, 20));
    };
  }

  /** The beginning of the body. */
  byte[] start(int max) throws IOException {
    try (InputStream body = body(Long.MAX_VALUE)) {
      return body.readNBytes(max);
    }
  }

  /** Reads what is left, so that the connection can be used again. */
  void drain() throws IOException {
    raw.skipNBytesIfAny(WORTH_READING);
  }

  @Override
  public void close() {
    watch.done();
    if (!raw.isAtEnd() || watch.isOverdue()) {
      line.close();
      return;
    }
    try {
      response.close();
    } catch (RuntimeException unclosable) {
      // The answer is here already; only the connection is lost.
      line.close();
    }
  }

  static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the call was cancelled");
    }
  }
}
