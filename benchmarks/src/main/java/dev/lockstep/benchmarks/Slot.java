package dev.lockstep.benchmarks;

import java.sql.SQLException;
import java.time.Duration;

/** A replication slot of the source, as the follower sees it that owns it. */
record Slot(Database source, String name) {
  private static final Duration LETS_GO_WITHIN = Duration.ofMinutes(1);

  static Slot created(Database source, String name) throws SQLException {
    source.execute(
        "CREATE PUBLICATION " + name + " FOR TABLE " + AccountsTable.NAME,
        "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    return new Slot(source, name);
  }

  void awaitReleased() throws Exception {
    Waiting.until(
        "the slot " + name + " to be released",
        LETS_GO_WITHIN,
        Duration.ofMillis(100),
        () -> "f".equals(source.text(select("active"))));
  }

  /** Moves it to the log's end: what was followed and compared is not read again. */
  void advance() throws Exception {
    source.execute("SELECT pg_replication_slot_advance('" + name + "', pg_current_wal_lsn())");
  }

  void drop() throws SQLException {
    source.execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '"
            + name
            + "'",
        "DROP PUBLICATION IF EXISTS " + name);
  }

  private String select(String column) {
    return "SELECT " + column + " FROM pg_replication_slots WHERE slot_name = '" + name + "'";
  }
}
