package dev.lockstep.benchmarks;

import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A filled pgbench_accounts in one PostgreSQL database, and an empty copy in another. */
final class Accounts {
  final String source;
  final String target;
  private final int rows;

  private Accounts(String source, String target, int rows) {
    this.source = source;
    this.target = target;
    this.rows = rows;
  }

  static Accounts of(int rows) throws Exception {
    RealPostgres server = RealPostgres.newest();
    String source = server.url(server.createDatabase()) + "?user=" + server.user();
    String target = server.url(server.createDatabase()) + "?user=" + server.user();
    // Builds it now if need be: the first use is not what is measured.
    Child.run(List.of(RunningLockstep.launcher(), "--version"));
    Accounts accounts = new Accounts(source, target, rows);
    accounts.fill();
    return accounts;
  }

  /** Empties the target, has Lockstep copy everything, and sees that everything is there. */
  Child copy(String note) throws Exception {
    empty();
    Child child = lockstep(note);
    verify();
    return child;
  }

  private Child lockstep(String note) throws Exception {
    Path folder = Files.createTempDirectory("bulk-jdbc");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          source: {connector: jdbc, url: "%s"}
          target: {connector: jdbc, url: "%s"}
        syncs:
          accounts:
            from: source.public.pgbench_accounts
            to: target.public.accounts
            schedule: {every: 1d}
            parallel: 2
            map:
              id: record.aid
              branch: record.bid
              balance: record.abalance
              note: %s
        """
            .formatted(source, target, note));
    return Child.run(
        List.of(RunningLockstep.launcher(), "run", "accounts", "--dir", folder.toString()));
  }

  private void fill() throws SQLException {
    execute(
        source,
        "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
        "INSERT INTO pgbench_accounts SELECT g, g % 10 + 1, g % 1000, 'row ' || g FROM"
            + " generate_series(1, "
            + rows
            + ") g",
        "VACUUM ANALYZE pgbench_accounts");
  }

  void empty() throws SQLException {
    execute(
        target,
        "DROP TABLE IF EXISTS accounts",
        "CREATE TABLE accounts (id int PRIMARY KEY, branch int, balance int, note varchar(84))",
        "DROP TABLE IF EXISTS lockstep_ledger",
        "CHECKPOINT");
  }

  /** Both sides must hold the same, or the measurement is worth nothing. */
  void verify() throws SQLException {
    String there =
        one(
            source,
            "SELECT count(*) || ' ' || sum(aid::bigint * abalance) || ' ' || sum(length(trim(filler)))"
                + " FROM pgbench_accounts");
    String here =
        one(
            target,
            "SELECT count(*) || ' ' || sum(id::bigint * balance) || ' ' || sum(length(note)) FROM"
                + " accounts");
    if (!there.equals(here) || !there.startsWith(rows + " ")) {
      throw new IllegalStateException("source " + there + ", target " + here);
    }
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String one(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
