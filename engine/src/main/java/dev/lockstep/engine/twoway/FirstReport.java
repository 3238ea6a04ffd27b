package dev.lockstep.engine.twoway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How two datasets compare, with nothing written.
 *
 * @param equal records that read the same at both ends
 * @param different records that both ends have and that differ
 * @param onlyFrom records that only the end named first has
 * @param onlyTo records that only the other has
 * @param refused records that have no counterpart at the other end
 * @param fields in how many records each field differs, by its name at the end named first
 * @param samples some of those that are not equal
 */
public record FirstReport(
    long equal,
    long different,
    long onlyFrom,
    long onlyTo,
    long refused,
    Map<String, Long> fields,
    List<Sample> samples) {
  public FirstReport {
    fields = Map.copyOf(new TreeMap<>(fields));
    samples = List.copyOf(samples);
  }

  /**
   * A record that is not equal.
   *
   * @param what different, only from, only to, or refused
   * @param fields in which it differs
   */
  public record Sample(String key, String what, List<String> fields) {
    public Sample {
      fields = List.copyOf(fields);
    }
  }
}
