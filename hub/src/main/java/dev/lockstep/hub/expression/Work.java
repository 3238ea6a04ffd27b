package dev.lockstep.hub.expression;

/**
 * How much text an evaluation may still read. Without it, an expression that searches a long field
 * ten thousand times would take minutes.
 */
final class Work {
  /** In characters read; a second or two for the worst of regular expressions, else far less. */
  private static final long MOST = 50_000_000;

  private long left = MOST;

  void spend(long characters) throws Unfit {
    left -= characters;
    if (left < 0) {
      throw new Unfit(
          "it is too much work for texts this long",
          "search them less often, or with a shorter regular expression");
    }
  }
}
