package dev.lockstep.hub.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which name was meant. */
final class NearName {
  private static final int MOST_LISTED = 12;
  private static final int LONGEST = 80;

  private NearName() {}

  /** {@code write 'contains'} where one is near, otherwise some of the names there are. */
  static String remedy(String wrong, Collection<String> names) {
    return names.stream()
        .filter(_ -> wrong.length() <= LONGEST)
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .filter(near -> distance(wrong, near) <= Math.max(2, wrong.length() / 3))
        .map(near -> "write '" + near + "'")
        .orElseGet(() -> listed(names));
  }

  private static String listed(Collection<String> names) {
    return names.isEmpty()
        ? "declare the field first"
        : "write one of "
            + String.join(", ", names.stream().sorted().limit(MOST_LISTED).toList())
            + (names.size() > MOST_LISTED ? ", …" : "");
  }

  /** How many letters must be changed, added or left out. */
  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
