package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Medians and percentiles of what was measured several times. */
final class Medians {
  private Medians() {}

  static double median(List<Double> values) {
    return percentile(values, 50);
  }

  static double percentile(List<Double> values, double percent) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int at = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
    return sorted.get(Math.max(0, at));
  }
}
