package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What was measured in several rounds, by name; medians are what is reported. */
final class Figures {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  /** A figure of a peer's bears its name; ours has none. */
  static String named(String peer, String figure) {
    return peer.isEmpty()
        ? figure
        : peer + Character.toUpperCase(figure.charAt(0)) + figure.substring(1);
  }

  void add(String name, double value) {
    values.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
  }

  SequencedMap<String, Double> medians() {
    SequencedMap<String, Double> medians = new LinkedHashMap<>();
    values.forEach((name, list) -> medians.put(name, Medians.median(list)));
    return medians;
  }

  double highest(String name) {
    return Medians.percentile(values.getOrDefault(name, List.of(0.0)), 100);
  }
}
