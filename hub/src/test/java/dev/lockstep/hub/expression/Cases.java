package dev.lockstep.hub.expression;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Lines of {@code expression -> result}. */
final class Cases {
  private Cases() {}

  static Stream<Arguments> of(String lines) {
    return lines
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(" -> ", 2))
        .map(parts -> Arguments.of(parts[0].strip(), parts[1].strip()));
  }
}
