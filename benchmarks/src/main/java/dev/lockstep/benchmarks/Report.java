package dev.lockstep.benchmarks;

import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What was measured: figures of ours, ratios to peers (ours over theirs), and peak resident memory.
 */
record Report(
    String name,
    SequencedMap<String, Double> figures,
    SequencedMap<String, Double> ratios,
    double peakRssMiB) {

  String json() {
    return "{\"name\": \"%s\", \"figures\": %s, \"ratios\": %s, \"peakRssMiB\": %s}"
        .formatted(name, object(figures), object(ratios), number(peakRssMiB));
  }

  String text() {
    StringBuilder text = new StringBuilder(name).append('\n');
    figures.forEach((key, value) -> text.append("  %-28s %12s%n".formatted(key, number(value))));
    ratios.forEach(
        (key, value) -> text.append("  %-28s %12s times%n".formatted("to " + key, number(value))));
    return text.append("  %-28s %12s MiB".formatted("peak resident memory", number(peakRssMiB)))
        .toString();
  }

  private static String object(SequencedMap<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + number(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String number(double value) {
    return Math.abs(value) >= 1000
        ? "%.0f".formatted(value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
