package dev.lockstep.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** The processor time of a process as it was at several times, to be asked for those between. */
final class CpuCurve {
  private final TreeMap<Double, Double> seen = new TreeMap<>();

  /** Notes what has been used by now. */
  void note(double cpuSeconds) {
    seen.put(System.currentTimeMillis() / 1e3, cpuSeconds);
  }

  double last() {
    return seen.isEmpty() ? 0 : seen.lastEntry().getValue();
  }

  /** What was used between two times, in seconds since 1970. */
  double between(double from, double to) {
    return at(to) - at(from);
  }

  private double at(double time) {
    Map.Entry<Double, Double> before = seen.floorEntry(time);
    Map.Entry<Double, Double> after = seen.ceilingEntry(time);
    if (before == null || after == null) {
      return before == null ? 0 : before.getValue();
    }
    double stretch = after.getKey() - before.getKey();
    double part = stretch == 0 ? 0 : (time - before.getKey()) / stretch;
    return before.getValue() + part * (after.getValue() - before.getValue());
  }
}
