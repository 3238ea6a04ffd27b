package dev.lockstep.connectors.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds where JSON values begin and end in a stream of UTF-8, without understanding them. So one
 * bad record, even one of 100 MB, is told from its neighbours, and only one record is ever in
 * memory.
 */
final class JsonScanner {
  private final InputStream in;
  private final byte[] buffer = new byte[32 * 1024];
  private int position;
  private int limit;

  JsonScanner(InputStream in) {
    this.in = in;
  }

  /** The bytes of one value; cut when it was larger than allowed, with its rest skipped. */
  record Value(byte[] bytes, boolean cut) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The next byte that is no white space, not taken yet; -1 at the end. */
  int peek() throws IOException {
    while (position < limit || fill()) {
      byte b = buffer[position];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b & 0xff;
      }
      position++;
    }
    return -1;
  }

  /** Takes the byte that {@link #peek} saw. */
  void take() {
    position++;
  }

  void skipByteOrderMark() throws IOException {
    if (peek() == 0xef && limit - position >= 3 && (buffer[position + 1] & 0xff) == 0xbb) {
      position += 3;
    }
  }

  /** Reads one whole value; keeps no more than {@code max} bytes of it. */
  Value value(int max) throws IOException {
    Sink sink = new Sink(max);
    int first = peek();
    switch (first) {
      case -1 -> throw new EOFException("the answer ends in the middle");
      case '"' -> string(sink);
      case '{', '[' -> nested(sink);
      default -> scalar(sink);
    }
    return new Value(sink.bytes.toByteArray(), sink.cut);
  }

  void skipValue() throws IOException {
    value(0);
  }

  private void nested(Sink sink) throws IOException {
    long depth = 0;
    do {
      int start = position;
      int end = position;
      boolean quote = false;
      while (end < limit) {
        byte b = buffer[end++];
        if (b == '"') {
          quote = true;
          end--;
          break;
        }
        if (b == '{' || b == '[') {
          depth++;
        } else if ((b == '}' || b == ']') && --depth == 0) {
          break;
        }
      }
      sink.write(buffer, start, end - start);
      position = end;
      if (quote) {
        string(sink);
      } else if (depth > 0 && !fill()) {
        throw new EOFException("the answer ends in the middle of a record");
      }
    } while (depth > 0);
  }

  private void string(Sink sink) throws IOException {
    boolean escaped = false;
    boolean opened = false;
    while (true) {
      int start = position;
      while (position < limit) {
        byte b = buffer[position++];
        if (escaped) {
          escaped = false;
        } else if (b == '\\') {
          escaped = true;
        } else if (b == '"') {
          if (opened) {
            sink.write(buffer, start, position - start);
            return;
          }
          opened = true;
        }
      }
      sink.write(buffer, start, position - start);
      if (!fill()) {
        throw new EOFException("the answer ends in the middle of a text");
      }
    }
  }

  private void scalar(Sink sink) throws IOException {
    int start = position;
    while (true) {
      while (position < limit && isScalar(buffer[position])) {
        position++;
      }
      sink.write(buffer, start, position - start);
      if (position < limit || !fill()) {
        break;
      }
      start = position;
    }
    if (sink.seen == 0) {
      throw new NotJsonException("a value was expected, but there is '" + (char) peek() + "'");
    }
  }

  private static boolean isScalar(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '+'
        || b == '-'
        || b == '.';
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(read, 0);
    return read > 0;
  }

  /** The body is not JSON. */
  static final class NotJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
      super(message);
    }
  }

  private static final class Sink {
    private final ByteArrayOutputStream bytes;
    private final int max;
    private long seen;
    private boolean cut;

    Sink(int max) {
      this.max = max;
      this.bytes = new ByteArrayOutputStream(Math.min(max, 512));
    }

    void write(byte[] from, int offset, int length) {
      int kept = Math.min(length, max - bytes.size());
      bytes.write(from, offset, kept);
      seen += length;
      if (kept < length && !cut) {
        cut = true;
      }
    }
  }
}
