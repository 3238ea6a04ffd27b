package dev.lockstep.server.page;

import java.util.Optional;

/** Values of entries as a person reads them. */
final class Shown {
  private static final int MOST_BRIEF = 60;
  private static final int MOST = 2_000;

  private Shown() {}

  /** What fits into a cell. */
  static String briefly(Optional<Object> value) {
    return cut(value, MOST_BRIEF);
  }

  static String whole(Optional<Object> value) {
    return cut(value, MOST);
  }

  private static String cut(Optional<Object> value, int most) {
    String text = value.map(Object::toString).orElse("");
    // Not within a character of two halves.
    return text.length() <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1) > most ? most - 2 : most - 1)
            + "…";
  }
}
