package dev.lockstep.hub.filter;

/** Refuses texts that no store can hold, which some would refuse with an error of their own. */
final class Storable {
  private Storable() {}

  /**
   * @param column where the text begins
   */
  static String check(String parameter, int column, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new FilterFault(
            parameter, column + i, "the character U+0000 is in no text", "leave it out");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new FilterFault(
            parameter, column + i, "half of a character is in no text", "write whole characters");
      }
    }
    return text;
  }
}
