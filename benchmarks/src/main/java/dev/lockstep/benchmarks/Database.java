package dev.lockstep.benchmarks;

import dev.lockstep.testkit.servers.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** One database of a PostgreSQL server that runs for the benchmark alone. */
record Database(int port, String name) {
  /** What a log-based source asks for, and what keeps one measurement like the next. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "wal_level", "logical",
          "shared_buffers", "512MB",
          "track_commit_timestamp", "on",
          "max_wal_size", "8GB",
          "checkpoint_timeout", "30min",
          "max_connections", "50",
          "autovacuum", "off");

  /** Starts a server and answers a database of it. */
  static Database ofNewServer(String name) throws SQLException {
    int port = RealPostgres.configured(SETTINGS).port();
    return new Database(port, "postgres").beside(name);
  }

  /** Creates another database on the same server. */
  Database beside(String other) throws SQLException {
    execute("CREATE DATABASE " + other);
    return new Database(port, other);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
  }

  /** As PostgreSQL's own programs and subscriptions take it. */
  String libpq() {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + name;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row; "null" for a null. */
  String text(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return text(connection, sql);
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return String.valueOf(rows.getString(1));
    }
  }
}
