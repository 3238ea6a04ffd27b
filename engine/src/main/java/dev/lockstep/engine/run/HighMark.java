package dev.lockstep.engine.run;

import dev.lockstep.connector.Key;
import dev.lockstep.engine.journal.RowCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The highest value of a cursor field that was seen. */
record HighMark(Comparable<?> value) {

  /** Whether a value can be compared and stepped back from. */
  static boolean canMark(Object value) {
    return switch (value) {
      case Long whole -> true;
      case BigDecimal decimal -> true;
      case Instant instant -> true;
      case LocalDateTime dateTime -> true;
      case LocalDate date -> true;
      case String text -> true;
      default -> false;
    };
  }

  static HighMark of(Object value) {
    return new HighMark((Comparable<?>) value);
  }

  static HighMark read(byte[] bytes) {
    return of(RowCodec.key(bytes).parts().getFirst());
  }

  byte[] bytes() {
    return RowCodec.key(Key.of(value));
  }

  HighMark higher(HighMark other) {
    return compare(value, other.value) >= 0 ? this : other;
  }

  // Both come from one field, so they are of one class; if the source's type changed, text decides.
  @SuppressWarnings("unchecked")
  private static int compare(Comparable<?> one, Comparable<?> other) {
    return one.getClass() == other.getClass()
        ? ((Comparable<Object>) one).compareTo(other)
        : one.toString().compareTo(other.toString());
  }

  /**
   * The value from which the next read starts: a transaction may commit late with an early value.
   */
  Object minus(Duration overlap) {
    return switch (value) {
      case Long whole -> whole - overlap.toSeconds();
      case BigDecimal decimal -> decimal.subtract(BigDecimal.valueOf(overlap.toSeconds()));
      case Instant instant -> instant.minus(overlap);
      case LocalDateTime dateTime -> dateTime.minus(overlap);
      case LocalDate date -> date.minusDays((overlap.toSeconds() + 86_399) / 86_400);
      default -> value;
    };
  }
}
