package dev.lockstep.hub.batch.format;

import java.util.Map;

/**
 * How a table is written.
 *
 * @param named whether its first row names the columns
 */
record TableStyle(char delimiter, char quote, boolean named) {

  /**
   * By the parameters {@code delimiter}, {@code enclosingCharacter} and {@code containsHeaders}.
   */
  static TableStyle of(Map<String, String> parameters) throws ContentDamaged {
    char delimiter = character(parameters, "delimiter", ',');
    char quote = character(parameters, "enclosingCharacter", '"');
    if (delimiter == quote) {
      throw new ContentDamaged(
          "delimiter and enclosingCharacter are both '" + quote + "'; make them differ");
    }
    return new TableStyle(
        delimiter, quote, !parameters.getOrDefault("containsHeaders", "true").equals("false"));
  }

  private static char character(Map<String, String> parameters, String name, char preset)
      throws ContentDamaged {
    String sent = parameters.getOrDefault(name, "");
    String text = sent.equals("\\t") ? "\t" : sent;
    if (text.isEmpty()) {
      return preset;
    }
    char first = text.charAt(0);
    boolean fits = first != '\n' && first != '\r' && first != '\0' && !Character.isSurrogate(first);
    if (text.length() == 1 && fits) {
      return first;
    }
    throw new ContentDamaged(
        name + " is '" + sent + "'; send one character, such as ; or \\t for a tabulator");
  }
}
