package dev.lockstep.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The rows of pgbench_accounts from one PostgreSQL server into an empty table with its primary key
 * on another: by Lockstep as they are and through a mapping that has to be computed, by two psql
 * with a pipe between them, and by a plain Spring Batch job, in turns. Whole processes, their start
 * included; a million rows and ten million, or as many as asked for.
 */
final class PgBulk implements Benchmark {
  private static final int ROWS = 1_000_000;
  private static final int TIMES = 10;
  private static final int PAIRS = 5;
  private static final String AS_IT_IS = "";
  private static final String COMPUTED =
      "    map: {aid: record.aid, bid: record.bid, abalance: record.abalance, filler:"
          + " record.filler.trim()}\n";

  private final Arguments arguments;
  private final Psql psql;
  private final Figures figures = new Figures();
  private final Figures ratios = new Figures();

  PgBulk(Arguments arguments) throws Exception {
    this.arguments = arguments;
    this.psql = Psql.found();
  }

  /** What one way of copying took. */
  private record Taken(double seconds, double cpuSeconds, double peakRssMiB) {
    static Taken of(Child child) {
      return new Taken(child.seconds(), child.cpuSeconds(), child.peakRssMiB());
    }
  }

  private interface Way {
    Taken copy() throws Exception;
  }

  @Override
  public Report measure() throws Exception {
    Child.run(List.of(RunningLockstep.launcher(), "--version"));
    Database source = Database.ofNewServer("source");
    Database target = Database.ofNewServer("target");
    measure(source, target, arguments.rowsOr(ROWS), "");
    if (arguments.rows() == 0) {
      measure(source, target, TIMES * ROWS, "Tenfold");
    }
    double peak = Math.max(figures.highest("peakMiB"), figures.highest("peakMiBTenfold"));
    return new Report("pg-bulk", figures.medians(), ratios.medians(), peak);
  }

  private void measure(Database source, Database target, int rows, String suffix) throws Exception {
    AccountsTable.createFilled(source, rows);
    String fingerprint = AccountsTable.fingerprint(source);
    figures.add("rows" + suffix, rows);
    for (int pair = 0; pair < arguments.pairsOr(PAIRS); pair++) {
      Map<String, Taken> taken = new LinkedHashMap<>();
      List<Map.Entry<String, Way>> ways = new ArrayList<>(ways(source, target).entrySet());
      if (pair % 2 == 1) {
        Collections.reverse(ways);
      }
      for (Map.Entry<String, Way> way : ways) {
        AccountsTable.createEmpty(target);
        Taken one = way.getValue().copy();
        System.err.printf(
            "%,d rows, %s: %.2f s, %.0f MiB%n",
            rows, way.getKey(), one.seconds(), one.peakRssMiB());
        AccountsTable.compare(way.getKey(), fingerprint, target);
        taken.put(way.getKey(), one);
      }
      note(taken, rows, suffix);
    }
  }

  private SequencedMap<String, Way> ways(Database source, Database target) {
    SequencedMap<String, Way> ways = new LinkedHashMap<>();
    if (!arguments.peers()) {
      ways.put("lockstep", () -> lockstep(source, target, AS_IT_IS));
      ways.put("decoded", () -> lockstep(source, target, COMPUTED));
    }
    ways.put("psqlCopy", () -> new Taken(psql.copy(source, target, AccountsTable.NAME), 0, 0));
    ways.put("springBatch", () -> springBatch(source, target));
    return ways;
  }

  private void note(Map<String, Taken> taken, int rows, String suffix) {
    taken.forEach((name, one) -> {
      boolean plain = "lockstep".equals(name);
      figures.add(Figures.named(plain ? "" : name, "rowsPerSecond") + suffix, rows / one.seconds());
    });
    Taken plain = taken.get("lockstep");
    Taken decoded = taken.get("decoded");
    Taken psqlCopy = taken.get("psqlCopy");
    Taken springBatch = taken.get("springBatch");
    if (plain == null || decoded == null || psqlCopy == null || springBatch == null) {
      return;
    }
    figures.add("cpuMicrosPerChange" + suffix, plain.cpuSeconds() * 1e6 / rows);
    figures.add("decodedCpuMicrosPerChange" + suffix, decoded.cpuSeconds() * 1e6 / rows);
    figures.add("peakMiB" + suffix, Math.max(plain.peakRssMiB(), decoded.peakRssMiB()));
    ratios.add("psqlCopy" + suffix, psqlCopy.seconds() / plain.seconds());
    ratios.add("psqlCopyDecoded" + suffix, psqlCopy.seconds() / decoded.seconds());
    ratios.add("springBatch" + suffix, springBatch.seconds() / plain.seconds());
  }

  private static Taken lockstep(Database source, Database target, String map) throws Exception {
    Path folder = Files.createTempDirectory("pg-bulk");
    Files.writeString(
        folder.resolve("lockstep.yaml"),
        """
        lockstep: 1
        systems:
          source: {connector: postgresql, url: "%s"}
          target: {connector: postgresql, url: "%s"}
        syncs:
          accounts:
            from: source.public.pgbench_accounts
            to: target.public.pgbench_accounts
            schedule: {every: 1d}
        """
                .formatted(source.url(), target.url())
            + map);
    return Taken.of(
        Child.run(
            List.of(RunningLockstep.launcher(), "run", "accounts", "--dir", folder.toString())));
  }

  private static Taken springBatch(Database source, Database target) throws Exception {
    return Taken.of(
        Child.java(
            SpringBatchCopy.class,
            List.of("-Xmx256m"),
            List.of(source.url(), target.url(), AccountsTable.NAME)));
  }
}
