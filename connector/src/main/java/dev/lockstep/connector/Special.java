package dev.lockstep.connector;

import java.util.List;

/**
 * A value of the source's own type that the carrier of its {@link Type} cannot hold, as the
 * source's text form of it: PostgreSQL's {@code numeric} NaN, a {@code timestamp} of infinity, an
 * array of two dimensions. It may stand wherever a carrier may, and travels as it is to a target of
 * the same type. Where it cannot be held it is refused, record by record: a writer answers {@link
 * Writer.Outcome.Rejected} for one it does not know, and never stores its text as if it were an
 * ordinary value.
 */
public record Special(String text) {

  /** What a person can do about one that a system refuses; names no system. */
  public static final String REMEDY =
      "correct it at the source, map the field to text, or read it through a view that casts it";

  /** Whether a value is one, or a list that holds one at any depth. */
  public static boolean isIn(Object value) {
    return switch (value) {
      case Special special -> true;
      case List<?> list -> {
        for (Object each : list) {
          if (each != null && isIn(each)) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
