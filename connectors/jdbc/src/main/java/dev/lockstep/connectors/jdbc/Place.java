package dev.lockstep.connectors.jdbc;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.List;

/** Where a read stands: after the row with these key values, or after so many rows. */
public sealed interface Place {
  String VERSION = "1";

  /** After the row whose order columns have these values, in their codecs' text form. */
  record After(List<String> values) implements Place {
    public After {
      values = List.copyOf(values);
    }
  }

  /** After so many rows. */
  record Count(long rows) implements Place {}

  /** Before the first row. */
  static Place start() {
    return new Count(0);
  }

  /** The place as a position that {@link #of} reads. */
  default Position position() {
    return new Position(
        switch (this) {
          case After(List<String> values) -> VERSION + ":after:" + ReadPlan.join(values);
          case Count(long rows) -> VERSION + ":count:" + rows;
        });
  }

  /**
   * The place that a position holds. Throws {@link ConnectorException} with {@link
   * Failure.PositionLost} for one of another version.
   */
  static Place of(Position position) {
    String[] parts = position.token().split(":", 3);
    if (parts.length == 3 && parts[0].equals(VERSION)) {
      switch (parts[1]) {
        case "after" -> {
          return new After(ReadPlan.split(parts[2]));
        }
        case "count" -> {
          return new Count(Long.parseLong(parts[2]));
        }
        default -> {}
      }
    }
    throw new ConnectorException(
        new Failure.PositionLost(
            position, "position '" + position + "' was not written by this version: read again"));
  }
}
