package dev.lockstep.engine.mapping;

import java.util.List;
import java.util.Optional;

/** Whether values of one type can become values of another. */
sealed interface Conversion {

  /** Every value is already right. */
  record Same() implements Conversion {}

  /**
   * Values are converted one by one, and one that does not fit is refused.
   *
   * @param warning what may be refused, where the user should know it before the first record
   */
  record Possible(Converter converter, Optional<String> warning) implements Conversion {
    static Possible of(Converter converter) {
      return new Possible(converter, Optional.empty());
    }

    static Possible warning(Converter converter, String warning) {
      return new Possible(converter, Optional.of(warning));
    }
  }

  /**
   * Values would lose something, or make no sense.
   *
   * @param expressions what to write instead, with {@code %s} where the present expression goes;
   *     empty when no expression would make sense
   * @param note what the expression does to the value; may be empty
   */
  record Impossible(String message, List<String> expressions, String note) implements Conversion {
    public Impossible {
      expressions = List.copyOf(expressions);
    }

    /** What to do, for the expression the user has written. */
    String remedy(String written) {
      return expressions.isEmpty()
          ? note
          : "write " + String.join(" or ", expressions).replace("%s", written) + note;
    }
  }
}
