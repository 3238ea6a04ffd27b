package dev.lockstep.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A backlog of updates between two PostgreSQL servers, applied by Lockstep, by PostgreSQL's own
 * logical replication and by Debezium with its JDBC sink, in turns: the same updates wait for all
 * three. Once with one update in a transaction, once with a hundred. At the end one transaction
 * with ten times as many rows, for Lockstep's memory.
 */
final class PgChanges implements Benchmark {
  private static final int CHANGES = 500_000;
  private static final int PAIRS = 5;
  private static final int MANY = 100;
  private static final int HUGE = 10;

  private final Arguments arguments;
  private final Backlog backlog;
  private final Figures figures = new Figures();
  private final Figures ratios = new Figures();

  PgChanges(Arguments arguments) {
    this.arguments = arguments;
    int changes = arguments.rowsOr(CHANGES);
    this.backlog = new Backlog(Math.multiplyExact(2, changes), changes);
  }

  @Override
  public Report measure() throws Exception {
    Followers followers = Followers.prepared(backlog.rows(), arguments.peers());
    figures.add("changes", backlog.updates());
    int round = 0;
    for (int pair = 0; pair < arguments.pairsOr(PAIRS); pair++) {
      round(followers, ++round, 1, "");
      round(followers, ++round, MANY, Integer.toString(MANY));
    }
    if (!arguments.peers()) {
      huge(followers);
    }
    SequencedMap<String, Double> medians = figures.medians();
    double peak = 0;
    for (String name : medians.sequencedKeySet()) {
      if (name.startsWith("peakMiB")) {
        medians.put(name, figures.highest(name));
        peak = Math.max(peak, figures.highest(name));
      }
    }
    return new Report("pg-changes", medians, ratios.medians(), peak);
  }

  private void round(Followers followers, int round, int perTransaction, String suffix)
      throws Exception {
    backlog.queue(followers.source, perTransaction, round);
    AccountsTable.settle(followers.source);
    String fingerprint = AccountsTable.fingerprint(followers.source);
    Map<String, Drained> drained = new LinkedHashMap<>();
    for (Follower follower : followers.inTurn(round / 2)) {
      Drained one =
          Drain.of(
              followers.source,
              follower,
              backlog.lastRow(),
              backlog.lastBalance(round),
              fingerprint);
      System.err.printf("%d a transaction: %s%n", perTransaction, one.text(follower.name()));
      drained.put(follower.name(), one);
    }
    drained.forEach((name, one) -> note(name, one, suffix));
    Drained ours = drained.remove("lockstep");
    if (ours != null) {
      drained.forEach(
          (name, peer) -> ratios.add(name + suffix, ours.perSecond() / peer.perSecond()));
    }
  }

  private void note(String name, Drained one, String suffix) {
    String of = "lockstep".equals(name) ? "" : name;
    figures.add(Figures.named(of, "changesPerSecond") + suffix, one.perSecond());
    if (one.cpuMicros() > 0) {
      figures.add(Figures.named(of, "cpuMicrosPerChange") + suffix, one.cpuMicros());
      figures.add(Figures.named(of, "cpuMicrosPerChangeSteady") + suffix, one.steadyCpuMicros());
      figures.add(Figures.named(of, "peakMiB") + suffix, one.peakRssMiB());
    }
  }

  private void huge(Followers followers) throws Exception {
    Follower ours = followers.all.getFirst();
    for (Follower peer : followers.all.reversed().stream().filter(one -> one != ours).toList()) {
      followers.end(peer);
    }
    int rows = Math.multiplyExact(HUGE, backlog.updates());
    int last = backlog.rows() + rows;
    ours.start();
    double peak;
    double seconds;
    try {
      followers.source.execute(AccountsTable.insert(backlog.rows() + 1, last));
      long committed = System.nanoTime();
      Drain.awaitRow(ours, last, new CpuCurve());
      seconds = (System.nanoTime() - committed) / 1e9;
      peak = ours.peakRssMiB();
    } finally {
      ours.stop();
    }
    AccountsTable.compare(
        "one transaction", AccountsTable.fingerprint(followers.source), ours.target());
    System.err.printf("one transaction of %,d rows: %.1f s, %.0f MiB%n", rows, seconds, peak);
    figures.add("hugeTransactionRows", rows);
    figures.add("hugeTransactionSeconds", seconds);
    figures.add("peakMiBHugeTransaction", peak);
  }
}
