package dev.lockstep.store;

/**
 * Texts as PostgreSQL keeps them. It has no U+0000, so U+FFFF, which is no character, begins what
 * stands for it, and for itself: equal texts are kept equal, and every text comes back as it was.
 */
final class PostgresText {
  private static final String NUL = "\0";
  private static final String SIGN = "\uFFFF";

  private PostgresText() {}

  static String kept(String text) {
    return text.contains(NUL) || text.contains(SIGN)
        ? text.replace(SIGN, SIGN + "1").replace(NUL, SIGN + "0")
        : text;
  }

  static String meant(String kept) {
    return kept.contains(SIGN) ? kept.replace(SIGN + "0", NUL).replace(SIGN + "1", SIGN) : kept;
  }
}
