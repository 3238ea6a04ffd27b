package dev.lockstep.simulation.schema;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Tables that are filled by COPY, and emptied now and then. */
final class Staging {
  private static final int COPIED = 300;

  private Staging() {}

  static void load(Work work) throws SQLException, IOException {
    if (work.chance(0.15)) {
      work.change("TRUNCATE staging, staging_detail");
    }
    work.change("INSERT INTO staging SELECT nextval('ids'), 'single'");
    work.change(
        "INSERT INTO staging_detail SELECT currval('ids'), n, 'detail' FROM generate_series(1, 3) n");
    if (work.chance(0.3)) {
      long base = 1_000_000_000L + (long) work.pick(1_000_000_000) * COPIED;
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < COPIED; i++) {
        rows.append(base + i).append("\tcopied \\t ").append(i).append('\n');
      }
      work.counted(
          work.connection()
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY staging FROM STDIN", new StringReader(rows.toString())));
    }
  }
}
