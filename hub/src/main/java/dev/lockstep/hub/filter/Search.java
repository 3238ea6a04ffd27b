package dev.lockstep.hub.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameter {@code search}: words, of which each is to be contained in at least one of the
 * searchable fields, whatever its case. No character has a meaning of its own but the blank.
 * Immutable and thread-safe.
 */
public final class Search {
  private static final String PARAMETER = "search";

  private final List<Piece> words;

  private Search(List<Piece> words) {
    this.words = List.copyOf(words);
  }

  /**
   * Parses words; none let every entry pass.
   *
   * @throws FilterFault where there are more than one request may ask, or what no text holds
   */
  public static Search parse(String text) {
    if (text.length() > Limits.SEARCH_LENGTH) {
      throw fault(
          Limits.SEARCH_LENGTH + 1,
          "the search is " + text.length() + " characters long",
          "write at most " + Limits.SEARCH_LENGTH);
    }
    Storable.check(PARAMETER, 1, text);
    List<Piece> words = words(text);
    if (words.size() > Limits.SEARCH_WORDS) {
      throw fault(
          words.get(Limits.SEARCH_WORDS).column(),
          "searches for " + words.size() + " words",
          "write at most " + Limits.SEARCH_WORDS);
    }
    return new Search(words);
  }

  private static List<Piece> words(String text) {
    List<Piece> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || Character.isWhitespace(text.charAt(i))) {
        if (i > start) {
          words.add(new Piece(text.substring(start, i), start + 1));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /**
   * The search as a condition.
   *
   * @param columns the searchable columns, of texts, as in {@link FilterField#sql}; without any, no
   *     word is found
   * @throws FilterFault where a word is longer than one request may ask
   */
  public Fragment compile(List<String> columns, Dialect dialect) {
    Containing containing = new Containing(PARAMETER, dialect);
    return Fragment.allOf(
        words.stream()
            .map(word -> {
              Folding sought = containing.sought(word.text(), word.column());
              return Fragment.anyOf(
                  columns.stream().map(column -> containing.in(column, sought, false)).toList());
            })
            .toList());
  }

  private static FilterFault fault(int column, String problem, String remedy) {
    return new FilterFault(PARAMETER, column, problem, remedy);
  }
}
