package dev.lockstep.engine.mapping;

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
   * @param remedy what to write instead, with {@code %s} where the present expression goes
   */
  record Impossible(String message, String remedy) implements Conversion {}
}
