package dev.lockstep.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * From commit at the source to commit at the target, at 500 changes a second between two PostgreSQL
 * servers on one clock, by Lockstep and by its peers in turns.
 */
final class PgLatency implements Benchmark {
  private static final int PER_SECOND = 500;
  private static final int ROWS = 1_000_000;
  private static final int PAIRS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration MEASURED = Duration.ofSeconds(40);

  private final Arguments arguments;
  private final Backlog backlog;
  private final Figures figures = new Figures();

  PgLatency(Arguments arguments) {
    this.arguments = arguments;
    int rows = arguments.rowsOr(ROWS);
    this.backlog = new Backlog(rows, rows);
  }

  @Override
  public Report measure() throws Exception {
    Followers followers = Followers.prepared(backlog.rows(), arguments.peers());
    int round = 0;
    for (int pair = 0; pair < arguments.pairsOr(PAIRS); pair++) {
      for (Follower follower : followers.inTurn(pair)) {
        round(followers.source, follower, ++round);
      }
    }
    return new Report(
        "pg-latency", figures.medians(), new Figures().medians(), figures.highest("peakMiB"));
  }

  private void round(Database source, Follower follower, int round) throws Exception {
    String of = "lockstep".equals(follower.name()) ? "" : shortName(follower);
    Commits here = Commits.from(source);
    Commits there = Commits.from(follower.target());
    follower.start();
    double peak;
    try {
      // The changes that others were measured with come first.
      awaitMark(source, follower, -2 * round);
      double before = follower.cpuSeconds();
      int updates = new Load(source, backlog, PER_SECOND).run(WARM_UP.plus(MEASURED), round);
      awaitMark(source, follower, -2 * round - 1);
      if (before > 0) {
        figures.add(
            Figures.named(of, "cpuMicrosPerChange"),
            (follower.cpuSeconds() - before) * 1e6 / updates);
      }
      peak = follower.peakRssMiB();
    } finally {
      follower.stop();
    }
    AccountsTable.compare(follower.name(), AccountsTable.fingerprint(source), follower.target());
    List<Double> latencies = latencies(here, there, round);
    note(of, follower, latencies, peak);
  }

  /** Changes a row that the load does not reach, and waits for it at the target. */
  private void awaitMark(Database source, Follower follower, int mark) throws Exception {
    int row = backlog.lastRow();
    source.execute("UPDATE pgbench_accounts SET abalance = " + mark + " WHERE aid = " + row);
    Drain.awaitBalance(follower, row, mark, new CpuCurve());
  }

  /** Of the changes after the warm-up, in milliseconds. */
  private List<Double> latencies(Commits here, Commits there, int round) throws SQLException {
    Map<Integer, Double> committed = here.byBalance(backlog.first(round));
    Map<Integer, Double> applied = there.byBalance(backlog.first(round));
    double from = Collections.min(committed.values()) + WARM_UP.toMillis();
    List<Double> latencies = new ArrayList<>();
    committed.forEach((balance, at) -> {
      Double then = applied.get(balance);
      if (then == null) {
        throw new IllegalStateException("no commit at the target wrote " + balance);
      }
      if (at >= from) {
        latencies.add(then - at);
      }
    });
    return latencies;
  }

  private static String shortName(Follower follower) {
    return follower.name().replace("Jdbc", "");
  }

  private void note(String of, Follower follower, List<Double> latencies, double peak) {
    double middle = Medians.percentile(latencies, 50);
    double high = Medians.percentile(latencies, 99);
    System.err.printf(
        "%s: %,d changes, p50 %.2f ms, p99 %.2f ms%n",
        follower.name(), latencies.size(), middle, high);
    figures.add(Figures.named(of, "p50Ms"), middle);
    figures.add(Figures.named(of, "p99Ms"), high);
    if (peak > 0) {
      figures.add(Figures.named(of, "peakMiB"), peak);
    }
  }
}
