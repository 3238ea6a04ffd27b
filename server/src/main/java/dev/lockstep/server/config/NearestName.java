package dev.lockstep.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a misspelt name was meant to be. */
final class NearestName {
  private static final int MOST_LISTED = 20;
  private static final int LONGEST = 80;

  private NearestName() {}

  /** {@code write 'upsert'} where one is near, otherwise the names there are. */
  static String remedy(String wrong, Collection<String> names) {
    return of(wrong, names).map(near -> "write '" + near + "'").orElseGet(() -> oneOf(names));
  }

  /** The name that was probably meant. */
  static Optional<String> of(String wrong, Collection<String> names) {
    if (wrong.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
        .min(Comparator.comparingInt((String name) -> distance(wrong, name)))
        .filter(near -> distance(wrong, near) <= Math.clamp(wrong.length() / 4, 1, 3));
  }

  static String oneOf(Collection<String> names) {
    if (names.size() == 1) {
      return "write '" + names.iterator().next() + "'";
    }
    List<String> some = names.stream().limit(MOST_LISTED).toList();
    return "write one of " + String.join(", ", some) + (names.size() > some.size() ? ", …" : "");
  }

  /** How many letters must be changed, added, left out or swapped with their neighbour. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[][] best = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        best[i][j] = i == 0 || j == 0 ? i + j : step(a, b, best, i, j);
      }
    }
    return best[a.length()][b.length()];
  }

  private static int step(String a, String b, int[][] best, int i, int j) {
    int changed = best[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int shortest = Math.min(changed, 1 + Math.min(best[i - 1][j], best[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(shortest, best[i - 2][j - 2] + 1) : shortest;
  }
}
