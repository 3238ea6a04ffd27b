package dev.lockstep.benchmarks;

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
    Accounts accounts = Accounts.of(arguments.rows());
    List<Double> ours = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ratiosWithExpression = new ArrayList<>();
    double peak = 0;
    for (int pair = 0; pair < arguments.pairs(); pair++) {
      accounts.empty();
      Child batch =
          Child.java(
              SpringBatchCopy.class,
              List.of("-Xmx256m"),
              List.of(accounts.source, accounts.target, "accounts"));
      accounts.verify();
      Child lockstep = accounts.copy("record.filler");
      Child expression = accounts.copy("record.filler.trim()");
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
}
