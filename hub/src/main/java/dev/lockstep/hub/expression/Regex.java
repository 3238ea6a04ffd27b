package dev.lockstep.hub.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression that is matched in time proportional to the text, whatever it looks like.
 *
 * @param size about how many steps each character of a text takes
 */
record Regex(Pattern pattern, long size) {

  static Regex of(String text) throws Unfit {
    long size = RegexSize.of(text);
    try {
      return new Regex(Pattern.compile(text), size);
    } catch (PatternSyntaxException e) {
      throw new Unfit(
          "the regular expression is not understood: " + e.getDescription(),
          "write it in the syntax of RE2, which has no lookahead, lookbehind, back references or"
              + " possessive quantifiers; several match() with AND between them do for most");
    }
  }

  /** Whether it matches all of the text. */
  boolean matches(String text, Work work) throws Unfit {
    work.spend(size * text.length());
    return pattern.matches(text);
  }
}
