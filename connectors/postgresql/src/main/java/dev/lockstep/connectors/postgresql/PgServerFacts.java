package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.Problem;
import dev.lockstep.connectors.jdbc.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server and this user are like, as far as following changes goes.
 *
 * @param slots how many slots are free, one that is the subscription's own included
 * @param senders how many of its processes that send the log are free, likewise
 * @param managed whether it is a service whose settings are made by a parameter group
 * @param replicates whether the user may open replication connections
 * @param unlimited whether a slot keeps the log without limit
 * @param has whether the slot is there
 */
record PgServerFacts(
    String user,
    String walLevel,
    int slots,
    int senders,
    boolean managed,
    boolean replicates,
    boolean unlimited,
    boolean has) {
  private static final String FACTS =
      """
      SELECT current_user, current_setting('wal_level'),
        current_setting('max_replication_slots')::int
          - (SELECT count(*) FROM pg_replication_slots WHERE slot_name <> ?)::int,
        current_setting('max_wal_senders')::int
          - (SELECT count(*) FROM pg_stat_get_wal_senders() s
             WHERE NOT EXISTS (SELECT FROM pg_replication_slots r
               WHERE r.active_pid = s.pid AND r.slot_name = ?))::int,
        EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication'),
        (SELECT r.rolreplication OR r.rolsuper OR EXISTS (SELECT FROM pg_roles m
           WHERE m.rolname = 'rds_replication' AND pg_has_role(m.oid, 'member'))
         FROM pg_roles r WHERE r.rolname = current_user),
        current_setting('max_slot_wal_keep_size') = '-1',
        EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)\
      """;

  static PgServerFacts of(Connection connection, String slot) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FACTS)) {
      statement.setString(1, slot);
      statement.setString(2, slot);
      statement.setString(3, slot);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new PgServerFacts(
            row.getString(1),
            row.getString(2),
            row.getInt(3),
            row.getInt(4),
            row.getBoolean(5),
            row.getBoolean(6),
            row.getBoolean(7),
            row.getBoolean(8));
      }
    }
  }

  List<Problem> problems(Dialect dialect, PgLogReader.Place place) {
    List<Problem> problems = new ArrayList<>();
    if (!walLevel.equals("logical")) {
      problems.add(
          server(
              "wal_level is " + walLevel + ", so the log does not tell changes",
              managed
                  ? "set rds.logical_replication = 1 in the parameter group, and restart the server"
                  : "run: ALTER SYSTEM SET wal_level = 'logical', and restart the server"));
    }
    // A first load takes another for a moment.
    if (slots < (has ? 1 : 2)) {
      problems.add(
          server(
              slots < 1
                  ? "all replication slots are taken"
                  : "only one replication slot is free, and a first load takes two",
              "drop one that nobody reads (SELECT slot_name FROM pg_replication_slots WHERE NOT"
                  + " active), or run: ALTER SYSTEM SET max_replication_slots = 20, and restart the"
                  + " server"));
    }
    if (senders < 1) {
      problems.add(
          server(
              "all processes that send the log are taken",
              "run: ALTER SYSTEM SET max_wal_senders = 20, and restart the server"));
    }
    if (!replicates) {
      problems.add(
          new Problem(
              "user",
              "user " + user + " may not replicate",
              managed
                  ? "run: GRANT rds_replication TO " + dialect.quote(user)
                  : "run: ALTER ROLE " + dialect.quote(user) + " REPLICATION"));
    }
    if (place.standby() && place.names().ownPublication()) {
      problems.add(
          new Problem(
              "publication",
              "the server is a standby, on which no publication can be made",
              "make one at the primary, and name it in `publication`"));
    }
    return problems;
  }

  private static Problem server(String fault, String remedy) {
    return new Problem("url", fault, remedy);
  }
}
