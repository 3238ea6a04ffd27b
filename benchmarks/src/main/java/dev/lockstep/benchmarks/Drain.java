package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.time.Duration;

/** Has a follower apply what waits for it, and measures that by the target's log. */
final class Drain {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Drain() {}

  /**
   * Starts the follower, waits until a row has a balance, stops it, and compares both sides.
   *
   * @param fingerprint of the source
   */
  static Drained of(Database source, Follower follower, int row, int balance, String fingerprint)
      throws Exception {
    AccountsTable.settle(follower.target());
    Commits commits = Commits.from(follower.target());
    CpuCurve cpu = new CpuCurve();
    cpu.note(0);
    StreamStart stream = StreamStart.watch(source);
    follower.start();
    double peak;
    try {
      awaitBalance(follower, row, balance, cpu);
      peak = follower.peakRssMiB();
    } finally {
      follower.stop();
    }
    AccountsTable.compare(follower.name(), fingerprint, follower.target());
    Commits.Span span = commits.span();
    double start = stream.seconds();
    return new Drained(
        span.rows() / (span.last() - start),
        span.commits(),
        cpu.last() * 1e6 / span.rows(),
        cpu.between(start, span.last()) * 1e6 / span.rows(),
        peak);
  }

  static void awaitBalance(Follower follower, int row, int balance, CpuCurve cpu) throws Exception {
    await(
        follower,
        "SELECT abalance FROM pgbench_accounts WHERE aid = " + row,
        Integer.toString(balance),
        cpu);
  }

  static void awaitRow(Follower follower, int row, CpuCurve cpu) throws Exception {
    await(follower, "SELECT count(*) FROM pgbench_accounts WHERE aid = " + row, "1", cpu);
  }

  // One indexed read on one connection now and then: next to nothing for the target.
  private static void await(Follower follower, String sql, String wanted, CpuCurve cpu)
      throws Exception {
    try (Connection connection = follower.target().connect()) {
      Waiting.until(
          follower.name() + " to apply the last change",
          LIMIT,
          PAUSE,
          () -> {
            cpu.note(follower.cpuSeconds());
            return wanted.equals(Database.text(connection, sql));
          });
      cpu.note(follower.cpuSeconds());
    }
  }
}
