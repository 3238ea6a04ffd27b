package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * When rows of the accounts were committed, by the commit records in a server's log. The server's
 * commit timestamps would not do: a subscription copies those of its source.
 *
 * @param from the log's position before the first of them
 */
record Commits(Database database, String from) {
  private static final String OF_LOG =
      """
      WITH records AS MATERIALIZED (
        SELECT xid::text::bigint AS xid, description,
          substring(description from '^[0-9-]+ [0-9:.+-]+')::timestamptz AS at
        FROM pg_get_wal_records_info('%s', pg_current_wal_flush_lsn())
        WHERE resource_manager = 'Transaction' AND record_type = 'COMMIT'
      ), commits AS (
        SELECT xid, at FROM records
        UNION ALL
        SELECT unnest(string_to_array(trim(substring(description from
          'subxacts: ([0-9 ]+)')), ' '))::bigint, at FROM records
      )
      """;

  /** Notes where the log stands. */
  static Commits from(Database database) throws SQLException {
    database.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
    return new Commits(database, database.text("SELECT pg_current_wal_insert_lsn()"));
  }

  /**
   * A stretch of commits.
   *
   * @param last in seconds since 1970
   * @param rows that were written and still stand as written
   */
  record Span(double last, long commits, long rows) {}

  Span span() throws SQLException {
    String sql =
        OF_LOG.formatted(from)
            + """
            SELECT extract(epoch FROM max(at)), count(DISTINCT xid), count(*)
            FROM pgbench_accounts a JOIN commits ON xid = a.xmin::text::bigint
            """;
    try (Connection connection = database.connect();
        Statement statement = utc(connection);
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Span(row.getDouble(1), row.getLong(2), row.getLong(3));
    }
  }

  /** When each balance that is at least {@code lowest} was committed, in milliseconds. */
  Map<Integer, Double> byBalance(int lowest) throws SQLException {
    String sql =
        OF_LOG.formatted(from)
            + """
            SELECT abalance, extract(epoch FROM at) * 1000 FROM pgbench_accounts a
            JOIN commits ON xid = a.xmin::text::bigint WHERE abalance >= %d
            """
                .formatted(lowest);
    Map<Integer, Double> times = new HashMap<>();
    try (Connection connection = database.connect();
        Statement statement = utc(connection);
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        times.put(rows.getInt(1), rows.getDouble(2));
      }
    }
    return times;
  }

  // The log's times are shown in the session's zone; and nobody has told the planner how many there
  // are, so that it would go through all of them for each row.
  private static Statement utc(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("SET timezone = 'UTC'");
    statement.execute("SET work_mem = '256MB'");
    statement.execute("SET enable_nestloop = off");
    return statement;
  }
}
