package dev.lockstep.connectors.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server shows it.
 *
 * @param restart from where on the server keeps its log for the slot; 0 when it does not any more
 * @param confirmed up to where the slot was told that its reader has everything; 0 while it is made
 * @param lost why the server has given the slot up, empty if it has not
 * @param reader the process that reads from it, 0 when none does
 * @param application what that process calls itself
 * @param retained how many bytes of the log lie between what it keeps and the log's end
 * @param idle for how long nobody has read from it, where the server tells
 */
record PgSlot(
    String name,
    String database,
    String plugin,
    long restart,
    long confirmed,
    String lost,
    int reader,
    String application,
    long retained,
    Optional<Duration> idle) {
  static final String PLUGIN = "pgoutput";

  /** Columns that later versions have are looked up by name in the row as a document. */
  private static final String LOOK =
      """
      SELECT s.slot_name, coalesce(s.database, '') AS database, coalesce(s.plugin, '') AS plugin,
        s.restart_lsn::text AS restart, s.confirmed_flush_lsn::text AS confirmed,
        CASE WHEN s.wal_status = 'lost' THEN coalesce(to_jsonb(s) ->> 'invalidation_reason', 'wal_removed')
          WHEN to_jsonb(s) ->> 'conflicting' = 'true' THEN 'conflict with recovery'
          ELSE coalesce(to_jsonb(s) ->> 'invalidation_reason', '') END AS lost,
        coalesce(s.active_pid, 0) AS reader, coalesce(a.application_name, '') AS application,
        greatest(0, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
          ELSE pg_current_wal_lsn() END, s.restart_lsn))::bigint AS retained,
        extract(epoch FROM now() - (to_jsonb(s) ->> 'inactive_since')::timestamptz)::bigint AS idle
      FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
      WHERE s.slot_name = ?\
      """;

  static Optional<PgSlot> look(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(of(row)) : Optional.empty();
      }
    }
  }

  private static PgSlot of(ResultSet row) throws SQLException {
    long idle = row.getLong("idle");
    boolean tells = !row.wasNull();
    return new PgSlot(
        row.getString("slot_name"),
        row.getString("database"),
        row.getString("plugin"),
        lsn(row.getString("restart")),
        lsn(row.getString("confirmed")),
        row.getString("lost"),
        row.getInt("reader"),
        row.getString("application"),
        row.getLong("retained"),
        tells ? Optional.of(Duration.ofSeconds(Math.max(0, idle))) : Optional.empty());
  }

  private static long lsn(@Nullable String text) {
    return text == null ? 0 : PgPosition.lsn(text);
  }

  /** Whether it is one that this connector can read in this database. */
  boolean fits(String wanted) {
    return plugin.equals(PLUGIN) && database.equals(wanted);
  }

  boolean isLost() {
    return !lost.isEmpty();
  }

  boolean isActive() {
    return reader != 0;
  }

  static void drop(Connection connection, String name) throws SQLException {
    run(connection, "SELECT pg_drop_replication_slot(?)", name);
  }

  /** Lets a slot that nobody reads go on to a later place of the log. */
  static void advance(Connection connection, String name, long to) throws SQLException {
    run(connection, "SELECT pg_replication_slot_advance(?, ?::pg_lsn)", name, PgPosition.print(to));
  }

  /** Ends the process that reads from the slot, if it calls itself by this name. */
  static void endReader(Connection connection, String name, String application)
      throws SQLException {
    String sql =
        "SELECT pg_terminate_backend(a.pid) FROM pg_replication_slots s"
            + " JOIN pg_stat_activity a ON a.pid = s.active_pid"
            + " WHERE s.slot_name = ? AND a.application_name = ?";
    run(connection, sql, name, application);
  }

  private static void run(Connection connection, String sql, String... texts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < texts.length; i++) {
        statement.setString(i + 1, texts[i]);
      }
      statement.execute();
    }
  }
}
