package dev.lockstep.engine.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant to write. */
final class NearestName {
  private NearestName() {}

  /** A remedy for an unknown name: the right one if one is near, otherwise what there is. */
  static String remedy(String written, Collection<String> names) {
    return of(written, names)
        .map(name -> "write '" + name + "'")
        .orElseGet(() ->
            names.isEmpty()
                ? "there are no fields to choose from"
                : "write one of " + String.join(", ", names.stream().limit(20).toList()));
  }

  static Optional<String> of(String written, Collection<String> names) {
    int bound = Math.max(1, written.length() / 3);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(folded(written), folded(name))))
        .filter(name -> distance(folded(written), folded(name)) <= bound);
  }

  /** Case and separators are what people get wrong first: {@code businessName, business_name}. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Insertions, deletions, replacements and swaps of neighbours between two names. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
