package dev.lockstep.hub.filter;

/**
 * What one request may ask, so that no parameter can be made to be slow. Generous: what a person or
 * a user interface writes stays far below.
 */
final class Limits {
  static final int FILTER_LENGTH = 8_000;
  static final int DEPTH = 50;
  static final int COMPARISONS = 100;
  static final int IN_VALUES = 1_000;

  /** Paths over relationships, each a subquery. */
  static final int RELATED = 10;

  static final int LAMBDAS = 10;
  static final int SEGMENTS = 6;
  static final int DIGITS = 1_000;

  /** Characters of a text that others are to contain. */
  static final int PART_LENGTH = 255;

  /** Letters outside a-z in all such texts of a request, since each is a pass over the value. */
  static final int FOLDED_LETTERS = 250;

  static final int SORT_LENGTH = 2_000;
  static final int SORT_FIELDS = 10;
  static final int SEARCH_LENGTH = 1_000;
  static final int SEARCH_WORDS = 10;
  static final int TERMS = 20;

  private Limits() {}
}
