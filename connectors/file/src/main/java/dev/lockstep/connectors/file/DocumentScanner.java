package dev.lockstep.connectors.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a JSON document into the elements of its array, or into the values that stand one after the
 * other. Only brackets and strings are looked at, so that an element which is not sound JSON is
 * found out by itself, and the document breaks only where its brackets do.
 */
final class DocumentScanner implements Scanner {
  private final Window window;
  private final boolean array;
  private long offset;
  private long line;
  private int to;
  private int lines;
  private boolean opened;
  private boolean closed;
  private int depth;
  private boolean text;
  private boolean escaped;
  private long length;

  DocumentScanner(Source source, Place from, int maxRecord) throws IOException {
    this.array = isArray(source);
    this.opened = from.offset() > 0;
    this.offset = from.offset();
    this.line = from.line();
    this.window = new Window(source.open(from.offset()), maxRecord);
  }

  private static boolean isArray(Source source) throws IOException {
    try (InputStream in = source.open(0)) {
      int b = in.read();
      while (b >= 0 && (b <= ' ' || b >= 0x80)) {
        b = in.read();
      }
      return b == '[';
    }
  }

  @Override
  public Found next() throws IOException {
    window.position = window.start;
    Found between = toRecord();
    if (between != Found.RECORD) {
      return between;
    }
    window.begin();
    depth = 0;
    text = false;
    escaped = false;
    lines = 0;
    length = 0;
    while (window.position < window.limit || window.more()) {
      byte b = window.bytes[window.position];
      if (endsBefore(b)) {
        return found();
      }
      window.position++;
      length++;
      if (endsWith(b)) {
        return found();
      }
    }
    to = window.position;
    // A number or word at the very end is whole; everything else would have been closed.
    return depth == 0 && !text && !array ? found() : Found.BROKEN;
  }

  /** Goes past what stands between records. */
  private Found toRecord() throws IOException {
    while (window.position < window.limit || window.more()) {
      byte b = window.bytes[window.position];
      if (!separates(b)) {
        to = window.limit;
        return closed ? Found.BROKEN : Found.RECORD;
      }
      line += b == '\n' ? 1 : 0;
      offset++;
      window.position++;
      window.start = window.position;
    }
    to = window.position;
    return array && !closed ? Found.BROKEN : Found.END;
  }

  private boolean separates(byte b) {
    if (b < 0) {
      // The mark that some programs put before UTF-8.
      return offset < 3;
    }
    if (array && !opened && b == '[') {
      opened = true;
      return true;
    }
    if (array && b == ']' && !closed) {
      closed = true;
      return true;
    }
    return b <= ' ' || b == ',';
  }

  /** A word or number ends before what follows it. */
  private boolean endsBefore(byte b) {
    return depth == 0 && !text && length > 0 && (b == ',' || b == ']' || (b >= 0 && b <= ' '));
  }

  /** A string, array or object ends with its last byte. */
  private boolean endsWith(byte b) {
    if (b == '\n') {
      lines++;
    }
    if (text) {
      boolean ends = b == '"' && !escaped;
      escaped = b == '\\' && !escaped;
      text = !ends;
      return ends && depth == 0;
    }
    if (b == '"') {
      text = true;
    } else if (b == '{' || b == '[') {
      depth++;
    } else if (b == '}' || b == ']') {
      depth--;
      return depth <= 0;
    }
    return false;
  }

  private Found found() {
    to = window.position;
    return window.isTooLong(to) ? Found.TOO_LONG : Found.RECORD;
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
  public int lines() {
    return lines;
  }

  @Override
  public Place at() {
    return new Place(offset, line);
  }

  @Override
  public void pass() {
    window.start = window.position;
    offset += length;
    line += lines;
  }

  @Override
  public void passLine() {
    skipAll();
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
