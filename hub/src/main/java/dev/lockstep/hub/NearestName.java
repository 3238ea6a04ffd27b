package dev.lockstep.hub;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what a misspelt name was meant to be. */
public final class NearestName {
  private static final int MOST_LISTED = 12;

  private NearestName() {}

  /** {@code write 'businessName'} where one is near, otherwise the names there are. */
  public static String remedy(String wrong, Collection<String> names) {
    List<String> sorted =
        names.stream().sorted(Comparator.comparingInt(name -> distance(wrong, name))).toList();
    if (!sorted.isEmpty()
        && distance(wrong, sorted.getFirst()) <= Math.max(2, wrong.length() / 3)) {
      return "write '" + sorted.getFirst() + "'";
    }
    List<String> listed = names.stream().limit(MOST_LISTED).toList();
    return listed.isEmpty()
        ? "declare one under hub.objects"
        : "write one of " + String.join(", ", listed) + (names.size() > MOST_LISTED ? ", …" : "");
  }

  private static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= Math.min(a.length(), 120); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()] + Math.max(0, a.length() - 120);
  }
}
