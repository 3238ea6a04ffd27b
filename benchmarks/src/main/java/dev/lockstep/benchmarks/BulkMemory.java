package dev.lockstep.benchmarks;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The peak memory of a copy between two PostgreSQL databases, and of the same with ten times the
 * rows: memory must follow from the settings, never from the data.
 */
final class BulkMemory implements Benchmark {
  private static final int TIMES = 10;

  private final Arguments arguments;

  BulkMemory(Arguments arguments) {
    this.arguments = arguments;
  }

  @Override
  public Report measure() throws Exception {
    double once = peak(arguments.rows());
    double tenfold = peak(Math.multiplyExact(TIMES, arguments.rows()));
    SequencedMap<String, Double> figures = new LinkedHashMap<>();
    figures.put("rows", (double) arguments.rows());
    figures.put("peakMiB", once);
    figures.put("peakMiBTenfold", tenfold);
    SequencedMap<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("aTenthOfTheRows", tenfold / once);
    return new Report("bulk-memory", figures, ratios, Math.max(once, tenfold));
  }

  /** The highest of the pairs asked for. */
  private double peak(int rows) throws Exception {
    Accounts accounts = Accounts.of(rows);
    double peak = 0;
    for (int i = 0; i < arguments.pairs(); i++) {
      Child child = accounts.copy("record.filler");
      System.err.printf("%,d rows: %.2f s, %.0f MiB%n", rows, child.seconds(), child.peakRssMiB());
      peak = Math.max(peak, child.peakRssMiB());
    }
    return peak;
  }
}
