package dev.lockstep.hub.batch.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What the first bytes of a text say of its encoding. */
final class ByteOrder {
  private static final int LOOK = 4;

  private ByteOrder() {}

  /**
   * The text without a mark of UTF-8 at its beginning.
   *
   * @throws ContentDamaged when it is in another encoding
   */
  static InputStream utf8(InputStream content) throws IOException {
    BufferedInputStream in = new BufferedInputStream(content, 64 << 10);
    in.mark(LOOK);
    byte[] first = in.readNBytes(LOOK);
    in.reset();
    int b0 = at(first, 0);
    int b1 = at(first, 1);
    if (b0 == 0xEF && b1 == 0xBB && at(first, 2) == 0xBF) {
      in.skipNBytes(3);
      return in;
    }
    boolean marked = (b0 == 0xFE && b1 == 0xFF) || (b0 == 0xFF && b1 == 0xFE);
    if (marked || b0 == 0 || b1 == 0) {
      throw new ContentDamaged(
          "line 1, column 1: the content is in UTF-16 or UTF-32, or no text at all; save it as"
              + " UTF-8");
    }
    return in;
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xFF : -1;
  }
}
