package dev.lockstep.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names as PostgreSQL takes them: it would cut off what is too long, and take two for one. */
final class Identifiers {
  private static final int LONGEST_BYTES = 63;
  private static final int DIGEST = 8;

  private Identifiers() {}

  /** The name itself, or one as long as may be whose end tells it from others. */
  static String fitted(String wanted) {
    byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_BYTES) {
      return wanted;
    }
    String digest = UUID.nameUUIDFromBytes(bytes).toString().substring(0, DIGEST);
    int kept = wanted.length();
    while (wanted.substring(0, kept).getBytes(StandardCharsets.UTF_8).length
        > LONGEST_BYTES - DIGEST - 1) {
      kept--;
    }
    return wanted.substring(0, kept) + "_" + digest;
  }
}
