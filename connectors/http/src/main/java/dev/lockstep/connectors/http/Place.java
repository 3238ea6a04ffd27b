package dev.lockstep.connectors.http;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a list read stands: a page, and how many of its records were read already. Printed as
 * {@code 1:SKIP:STYLE:VALUE}.
 *
 * @param token the page's number, offset, cursor or link; empty for the first page
 */
record Place(Kind kind, Optional<String> token, long skip) {
  private static final String VERSION = "1";

  /** What the token is. */
  enum Kind {
    START,
    PAGE,
    OFFSET,
    CURSOR,
    LINK,
    END
  }

  static Place start() {
    return new Place(Kind.START, Optional.empty(), 0);
  }

  static Place end() {
    return new Place(Kind.END, Optional.empty(), 0);
  }

  static Place at(Kind kind, String token) {
    return new Place(kind, Optional.of(token), 0);
  }

  Place skipping(long records) {
    return new Place(kind, token, skip + records);
  }

  Position position() {
    return new Position(
        VERSION + ":" + skip + ":" + kind + ":" + token.map(Template::encode).orElse(""));
  }

  static Place of(Position position) {
    String[] parts = position.token().split(":", 4);
    try {
      if (parts.length == 4 && parts[0].equals(VERSION)) {
        Kind kind = Kind.valueOf(parts[2]);
        boolean bare = kind == Kind.START || kind == Kind.END;
        return new Place(
            kind,
            bare
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(parts[3], StandardCharsets.UTF_8)),
            Long.parseLong(parts[1]));
      }
    } catch (IllegalArgumentException unreadable) {
      throw lost(position);
    }
    throw lost(position);
  }

  private static ConnectorException lost(Position position) {
    // Invariant 9: a lost position is an error, never a skip.
    return new ConnectorException(
        new Failure.PositionLost(
            position, "this position is not one of the http connector's; read in bulk again"));
  }
}
