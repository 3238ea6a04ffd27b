package dev.lockstep.connectors.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The frame of COPY's binary form. A message holds one row; the header stands before the first.
 *
 * <pre>
 * "PGCOPY\n\377\r\n\0" | int32 flags | int32 length of extension | rows | int16 -1
 * row: int16 fields | (int32 length, -1 for null | bytes) ...
 * </pre>
 */
final class PgCopyFormat {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  private PgCopyFormat() {}

  static int headerLength(byte[] message) {
    return SIGNATURE.length + 8 + PgBuffer.getInt(message, SIGNATURE.length + 4);
  }

  static void header(PgBuffer out) {
    out.putBytes(SIGNATURE);
    out.putInt(0);
    out.putInt(0);
  }

  static void trailer(PgBuffer out) {
    out.putShort(-1);
  }

  /** Offset and length of each field of a row. */
  static List<int[]> fields(byte[] message) {
    boolean first = message.length > SIGNATURE.length && message[0] == 'P' && message[1] == 'G';
    int at = first ? headerLength(message) : 0;
    int count = PgBuffer.getShort(message, at);
    at += 2;
    List<int[]> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = PgBuffer.getInt(message, at);
      fields.add(new int[] {at + 4, length});
      at += 4 + Math.max(length, 0);
    }
    return fields;
  }
}
