package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.FormBytes;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Hands bytes to {@code COPY ... FROM STDIN (FORMAT binary)} as they come. */
final class PgFormCopy {
  private static final int CHUNK = 128 << 10;

  private PgFormCopy() {}

  /** Copies to the end, and answers how many records that were. */
  static long run(Connection connection, String sql, FormBytes bytes)
      throws SQLException, InterruptedException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      byte[] chunk = new byte[CHUNK];
      for (int n = bytes.read(chunk, 0, CHUNK); n > 0; n = bytes.read(chunk, 0, CHUNK)) {
        copy.writeToCopy(chunk, 0, n);
      }
      copy.endCopy();
      return bytes.records();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
