package dev.lockstep.engine.run;

import dev.lockstep.connector.Position;
import java.util.Optional;

/**
 * Where a partition is to go on: after a position of its source, and after some more rows of the
 * page that follows it, for a page that needs several windows. Stored as {@code skip:token}.
 */
record Place(long skip, Optional<Position> after) {
  static final Place START = new Place(0, Optional.empty());

  static Place parse(String text) {
    if (text.isEmpty()) {
      return START;
    }
    int colon = text.indexOf(':');
    String token = text.substring(colon + 1);
    return new Place(
        Long.parseLong(text.substring(0, colon)),
        token.isEmpty() ? Optional.empty() : Optional.of(new Position(token)));
  }

  String text() {
    return skip + ":" + after.map(Position::token).orElse("");
  }
}
