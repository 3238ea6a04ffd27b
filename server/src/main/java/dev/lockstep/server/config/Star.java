package dev.lockstep.server.config;

import dev.lockstep.engine.sync.Endpoint;
import java.util.Optional;

/**
 * A dataset's name in which one {@code *} stands for the name of a table: {@code public.order_*}.
 * It matches letters of one name, so no dots.
 */
record Star(String before, String after) {

  /** Empty unless there is exactly one star. */
  static Optional<Star> of(String name) {
    int at = name.indexOf('*');
    return at < 0 || name.indexOf('*', at + 1) >= 0
        ? Optional.empty()
        : Optional.of(new Star(name.substring(0, at), name.substring(at + 1)));
  }

  static boolean isIn(Endpoint endpoint) {
    return endpoint.toString().contains("*");
  }

  /** What the star stands for in a name; empty when the name does not fit. */
  Optional<String> in(String name) {
    boolean fits =
        name.length() > before.length() + after.length()
            && name.startsWith(before)
            && name.endsWith(after);
    return fits
        ? Optional.of(name.substring(before.length(), name.length() - after.length()))
            .filter(text -> text.indexOf('.') < 0)
        : Optional.empty();
  }

  /** The name in which the star stands for a text. */
  String with(String text) {
    return before + text + after;
  }

  /** Whether the star stands within the last part of the name, which is the table's. */
  boolean isInTable() {
    return after.indexOf('.') < 0;
  }

  /** Whether there may be a name that fits both. */
  boolean meets(Star other) {
    return (before.startsWith(other.before) || other.before.startsWith(before))
        && (after.endsWith(other.after) || other.after.endsWith(after));
  }
}
