package dev.lockstep.hub.batch.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of which no character may be lost: what is not UTF-8 is refused with its place, where
 * readers of the JDK would put signs of their own.
 */
final class Utf8Text extends Reader {
  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private boolean ended;
  private long line = 1;
  private long column = 1;

  Utf8Text(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      int read = chars.position();
      if (read > 0) {
        count(target, offset, read);
        return read;
      }
      if (result.isError()) {
        throw new ContentDamaged(
            "line "
                + line
                + ", column "
                + column
                + ": the bytes there are not UTF-8; save the file as UTF-8");
      }
      if (ended) {
        return -1;
      }
      if (result.isOverflow()) {
        // A character of two parts does not fit a place for one.
        throw new IOException("a buffer of " + length + " is too small to read text into");
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(0, read));
    bytes.flip();
  }

  private void count(char[] target, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (target[i] == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
