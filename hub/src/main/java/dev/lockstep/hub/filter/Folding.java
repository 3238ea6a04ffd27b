package dev.lockstep.hub.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text without its case. Neither store knows upper and lower case as the other does: SQLite only
 * that of a to z, PostgreSQL what its collation says. So only a to z is left to the store, and each
 * other letter of the text sought is replaced by its lower form in the value: {@code
 * replace(column, 'Ü', 'ü')}. Letters that are not sought need no change, which keeps it to a few.
 *
 * <p>Letters are taken one by one, as {@link String#equalsIgnoreCase} does, but a letter outside
 * a-z is never equal to one within. Composed and decomposed accents differ.
 *
 * @param text the text sought, folded; as many characters as before
 * @param replaced for each other form of its letters, the form that stands in {@code text}
 */
record Folding(String text, Map<String, String> replaced) {
  private static final int ASCII = 0x80;
  private static final int LAST_WITH_CASE = 0x1FFFF;

  /** The other forms of each letter that has some; made once, when first needed. */
  private static final class Forms {
    private static final Map<Integer, List<String>> OF = new LinkedHashMap<>();

    static {
      for (int c = ASCII; c <= LAST_WITH_CASE; c++) {
        int folded = fold(c);
        if (folded != c) {
          OF.computeIfAbsent(folded, _ -> new ArrayList<>()).add(Character.toString(c));
        }
      }
    }
  }

  static Folding of(String text) {
    StringBuilder folded = new StringBuilder();
    Map<String, String> replaced = new LinkedHashMap<>();
    text.codePoints()
        .forEach(c -> {
          int letter = fold(c);
          folded.appendCodePoint(letter);
          if (letter >= ASCII) {
            String form = Character.toString(letter);
            Forms.OF.getOrDefault(letter, List.of()).forEach(it -> replaced.put(it, form));
          }
        });
    return new Folding(folded.toString(), replaced);
  }

  int length() {
    return text.codePointCount(0, text.length());
  }

  private static int fold(int c) {
    int lower = Character.toLowerCase(Character.toUpperCase(c));
    return c >= ASCII && lower < ASCII ? c : lower;
  }
}
