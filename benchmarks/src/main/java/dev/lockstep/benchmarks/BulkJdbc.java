package dev.lockstep.benchmarks;

import dev.lockstep.testkit.servers.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The rows of pgbench_accounts from one PostgreSQL database to another, through a mapping with
 * renames and an expression, by Lockstep and by a plain Spring Batch job with chunks of 1,000, in
 * turns.
 */
final class BulkJdbc implements Benchmark {
  private final Arguments arguments;

  BulkJdbc(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    RealPostgres server = RealPostgres.newest();
    String source = server.url(server.createDatabase()) + "?user=" + server.user();
    String target = server.url(server.createDatabase()) + "?user=" + server.user();
    fill(source);
    List<Double> ours = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ratiosWithExpression = new ArrayList<>();
    double peak = 0;
    // Builds it now if need be: the first use is not what is measured.
    Child.run(List.of(launcher(), "--version"));
    for (int pair = 0; pair < arguments.pairs(); pair++) {
      empty(target);
      Child batch = Child.java(SpringBatchCopy.class, List.of("-Xmx256m"), List.of(source, target));
      verify(source, target);
      empty(target);
      Child lockstep = lockstep(source, target, "record.filler");
      verify(source, target);
      empty(target);
      Child expression = lockstep(source, target, "record.filler.trim()");
      verify(source, target);
      System.err.printf(
          "pair %d: Lockstep %.2f s (with an expression %.2f s), %.0f MiB; Spring Batch %.2f s, %.0f"
              + " MiB%n",
          pair + 1,
          lockstep.seconds(),
          expression.seconds(),
          lockstep.peakRssMiB(),
          batch.seconds(),
          batch.peakRssMiB());
      ratiosWithExpression.add(batch.seconds() / expression.seconds());
      ours.add(arguments.rows() / lockstep.seconds());
      ratios.add(batch.seconds() / lockstep.seconds());
      peak = Math.max(peak, Math.max(lockstep.peakRssMiB(), expression.peakRssMiB()));
    }
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    figures.put("rows", (double) arguments.rows());
    figures.put("rowsPerSecond", Medians.median(ours));
    SequencedMap<String, Double> against = new LinkedHashMap<>();
    against.put("springBatch", Medians.median(ratios));
    against.put("springBatchWithExpression", Medians.median(ratiosWithExpression));
    return new Report("bulk-jdbc", figures, against, peak);
  }

  private static Child lockstep(String source, String target, String note) throws Exception {
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
    return Child.run(List.of(launcher(), "run", "accounts", "--dir", folder.toString()));
  }

  private static String launcher() {
    return Path.of(System.getenv("LOCKSTEP_ROOT"), "lockstep").toString();
  }

  private void fill(String url) throws SQLException {
    execute(
        url,
        "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
        "INSERT INTO pgbench_accounts SELECT g, g % 10 + 1, g % 1000, 'row ' || g FROM"
            + " generate_series(1, "
            + arguments.rows()
            + ") g",
        "VACUUM ANALYZE pgbench_accounts");
  }

  private static void empty(String url) throws SQLException {
    execute(
        url,
        "DROP TABLE IF EXISTS accounts",
        "CREATE TABLE accounts (id int PRIMARY KEY, branch int, balance int, note varchar(84))",
        "DROP TABLE IF EXISTS lockstep_ledger",
        "CHECKPOINT");
  }

  /** Both sides must hold the same, or the measurement is worth nothing. */
  private void verify(String source, String target) throws SQLException {
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
    if (!there.equals(here) || !there.startsWith(arguments.rows() + " ")) {
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
