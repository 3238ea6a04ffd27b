package dev.lockstep.hub;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places in the event log as positions: the log's name and the event's number. */
final class HubPosition {
  private static final Pattern TOKEN = Pattern.compile("1 ([0-9a-f]{16}) (\\d{1,18})");

  private HubPosition() {}

  static Position of(String log, long seq) {
    return new Position("1 " + log + " " + seq);
  }

  /** The event's number; refuses a position that another log gave out. */
  static long seq(String log, Position position) {
    Matcher matcher = TOKEN.matcher(position.token());
    if (!matcher.matches() || !matcher.group(1).equals(log)) {
      throw lost(position, "is not of this hub's log: the store was replaced");
    }
    return Long.parseLong(matcher.group(2));
  }

  /** Invariant 9: a lost position is an error that names its remedy, never a skip. */
  static ConnectorException lost(Position position, String why) {
    return new ConnectorException(
        new Failure.PositionLost(
            position,
            "the position '"
                + position
                + "' "
                + why
                + "; run the sync with --full to read everything"
                + " anew"));
  }
}
