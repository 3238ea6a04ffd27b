package dev.lockstep.connectors.file;

import java.io.IOException;

/**
 * Cuts at every line feed, or, where there is a quote, at every line end outside quotes. A quoted
 * field begins only where a field begins, and a quote inside it is doubled, as RFC 4180 says.
 */
final class RecordScanner implements Scanner {
  private static final int FIELD_START = 0;
  private static final int PLAIN = 1;
  private static final int QUOTED = 2;
  private static final int AFTER_QUOTE = 3;
  private static final int NONE = -1;

  private final Source source;
  private final int quote;
  private final int delimiter;
  private final Window window;
  private long offset;
  private long line;
  private int to;
  private int state;
  private int lines;
  private long length;
  private byte last;

  /** Records are lines when {@code quote} is -1, otherwise CSV. */
  RecordScanner(Source source, Place from, int quote, int delimiter, int maxRecord)
      throws IOException {
    this.source = source;
    this.quote = quote;
    this.delimiter = delimiter;
    this.offset = from.offset();
    this.line = from.line();
    this.window = new Window(source.open(from.offset()), maxRecord);
  }

  @Override
  public byte[] bytes() {
    return window.bytes;
  }

  @Override
  public int from() {
    return window.start;
  }

  @Override
  public int to() {
    return to;
  }

  @Override
  public Place at() {
    return new Place(offset, line);
  }

  @Override
  public int lines() {
    return lines;
  }

  @Override
  public Found next() throws IOException {
    window.position = window.start;
    window.begin();
    state = quote == NONE ? PLAIN : FIELD_START;
    lines = 0;
    length = 0;
    last = 0;
    while (window.position < window.limit || window.more()) {
      byte b = window.bytes[window.position++];
      length++;
      if (ends(b)) {
        return found(b);
      }
      last = b;
    }
    to = window.position;
    if (length == 0) {
      return Found.END;
    }
    if (state == QUOTED) {
      return Found.OPEN_QUOTE;
    }
    return window.isTooLong(to) ? Found.TOO_LONG : Found.UNFINISHED;
  }

  private boolean ends(byte b) {
    if (b == '\n') {
      boolean counted = state == QUOTED && last == '\r';
      lines += counted ? 0 : 1;
      return state != QUOTED;
    }
    if (quote == NONE) {
      return false;
    }
    if (b == '\r') {
      lines++;
      return state != QUOTED;
    }
    advance(b);
    return false;
  }

  private void advance(byte b) {
    if (state == QUOTED) {
      state = b == quote ? AFTER_QUOTE : QUOTED;
    } else if (b == delimiter) {
      state = FIELD_START;
    } else if (b == quote && state != PLAIN) {
      state = QUOTED;
    } else {
      state = PLAIN;
    }
  }

  private Found found(byte end) throws IOException {
    if (end == '\r' && window.position == window.limit && !window.more()) {
      to = window.position - 1;
      // The line feed that belongs to this carriage return may still be to come.
      return window.isTooLong(to) ? Found.TOO_LONG : Found.UNFINISHED;
    }
    to = window.position - 1;
    if (end == '\r' && window.bytes[window.position] == '\n') {
      window.position++;
      length++;
    } else if (end == '\n' && to > window.start && last == '\r') {
      to--;
    }
    return window.isTooLong(to) ? Found.TOO_LONG : Found.RECORD;
  }

  @Override
  public void pass() {
    window.start = window.position;
    offset += length;
    line += lines;
  }

  @Override
  public void passLine() throws IOException {
    window.reopen(source.open(offset));
    while (window.position < window.limit || window.more()) {
      offset++;
      if (window.bytes[window.position++] == '\n') {
        line++;
        break;
      }
      window.start = window.position;
    }
    window.start = window.position;
  }

  @Override
  public void skipAll() {
    offset = Place.DONE;
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
