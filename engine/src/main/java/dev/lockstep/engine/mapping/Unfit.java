package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record's value that cannot be mapped: caught by the mapper, never seen outside of it. */
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  private final String remedy;

  Unfit(String reason, String remedy) {
    // No stack trace: a refused record is data, and there may be millions of them.
    super(reason, null, false, false);
    this.remedy = remedy;
  }

  static Unfit value(@Nullable Object value, Type target) {
    return value(value, target, "correct it in the source, or map the field by an expression");
  }

  static Unfit value(@Nullable Object value, Type target, String remedy) {
    return new Unfit(
        shown(value) + " does not fit " + target.label(),
        value instanceof Special ? Special.REMEDY : remedy);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }

  /** The same fault, told with its place. */
  Unfit at(String place) {
    return new Unfit(place + ": " + reason(), remedy);
  }

  /** A value for people, shortened. */
  static String shown(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    String text = String.valueOf(value);
    String cut =
        text.codePointCount(0, text.length()) <= SHOWN
            ? text
            : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    return "'" + cut + "'";
  }
}
