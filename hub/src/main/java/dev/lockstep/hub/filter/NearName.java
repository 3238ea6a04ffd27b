package dev.lockstep.hub.filter;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what a misspelt name was meant to be. */
final class NearName {
  private static final int MOST_LISTED = 12;
  private static final int MOST_COMPARED = 120;

  private NearName() {}

  static String remedy(String wrong, Collection<String> names) {
    List<String> near =
        names.stream().sorted(Comparator.comparingInt(name -> distance(wrong, name))).toList();
    if (!near.isEmpty() && distance(wrong, near.getFirst()) <= Math.max(2, wrong.length() / 3)) {
      return "write '" + near.getFirst() + "'";
    }
    List<String> listed = names.stream().sorted().limit(MOST_LISTED).toList();
    return listed.isEmpty()
        ? "leave it out"
        : "write one of " + String.join(", ", listed) + (names.size() > MOST_LISTED ? ", …" : "");
  }

  /** Edits between two names, whatever their case; what is beyond any name's length is not read. */
  private static int distance(String first, String second) {
    String a = cut(first);
    String b = cut(second);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), MOST_COMPARED)).toLowerCase(Locale.ROOT);
  }
}
