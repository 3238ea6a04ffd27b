package dev.lockstep.connectors.postgresql;

import dev.lockstep.connectors.jdbc.Item;
import dev.lockstep.connectors.jdbc.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends items through {@code COPY ... FROM STDIN (FORMAT binary)}. */
final class PgCopyIn {
  private static final int CHUNK = 64 << 10;

  private PgCopyIn() {}

  /** Whether every column of a shape receives what its codec sends. */
  static boolean takes(Shape shape) {
    return shape.columns().stream().allMatch(column -> ((PgCodec) column.codec()).isBinary());
  }

  /**
   * Copies all items.
   *
   * @param numbered true to send each item's number after its values
   */
  static void copy(
      Connection connection, String sql, Shape shape, List<Item> items, boolean numbered)
      throws SQLException {
    PgCodec[] codecs =
        shape.columns().stream().map(column -> (PgCodec) column.codec()).toArray(PgCodec[]::new);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      PgBuffer out = new PgBuffer(CHUNK + (CHUNK >> 2));
      PgCopyFormat.header(out);
      int number = 0;
      for (Item item : items) {
        put(out, codecs, item.values(), numbered, number++);
        if (out.size() >= CHUNK) {
          copy.writeToCopy(out.bytes(), 0, out.size());
          out.clear();
        }
      }
      PgCopyFormat.trailer(out);
      copy.writeToCopy(out.bytes(), 0, out.size());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void put(
      PgBuffer out, PgCodec[] codecs, @Nullable Object[] values, boolean numbered, int number) {
    out.putShort(numbered ? codecs.length + 1 : codecs.length);
    for (int i = 0; i < codecs.length; i++) {
      int start = out.size();
      out.putInt(-1);
      Object value = values[i];
      if (value != null) {
        codecs[i].encode(out, value);
        out.putIntAt(start, out.size() - start - 4);
      }
    }
    if (numbered) {
      out.putInt(4);
      out.putInt(number);
    }
  }
}
