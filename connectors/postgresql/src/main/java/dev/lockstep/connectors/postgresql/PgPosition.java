package dev.lockstep.connectors.postgresql;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one server's log, printed {@code 1:SYSTEM:TIMELINE:0/16B3748}, and within a
 * transaction too large for one batch {@code 1:SYSTEM:TIMELINE:0/16B3748+0/17A0000:0/16C1010:3}.
 *
 * @param system the server's identifier, which its copies share and no other server has
 * @param timeline the timeline that the server was on
 * @param lsn every transaction whose commit ends at or before it is done with
 * @param inside how far the transaction after it is done with, when it was begun
 */
record PgPosition(long system, int timeline, long lsn, Optional<Inside> inside) {
  private static final String LSN = "([0-9A-F]{1,8})/([0-9A-F]{1,8})";
  private static final Pattern FORM =
      Pattern.compile(
          "1:([0-9]{1,20}):([0-9]{1,9}):" + LSN + "(?:\\+" + LSN + ":" + LSN + ":([0-9]{1,9}))?");

  /**
   * A place inside a transaction.
   *
   * @param commit where the transaction commits, which tells it from all others
   * @param change where the last change that was read stands in the log
   * @param count how many changes of that place were read: one record of the log may hold several
   */
  record Inside(long commit, long change, int count) {}

  static PgPosition at(PgReplication.Identity server, long lsn) {
    return new PgPosition(server.system(), server.timeline(), lsn, Optional.empty());
  }

  Position position() {
    return new Position(
        "1:"
            + Long.toUnsignedString(system)
            + ':'
            + timeline
            + ':'
            + print(lsn)
            + inside
                .map(it -> '+' + print(it.commit) + ':' + print(it.change) + ':' + it.count)
                .orElse(""));
  }

  /** Throws {@link ConnectorException} with {@link Failure.PositionLost} when it is not one. */
  static PgPosition of(Position position) {
    Matcher parts = FORM.matcher(position.token());
    if (!parts.matches()) {
      throw lost(position, "position '" + position + "' was not written by this version");
    }
    return new PgPosition(
        Long.parseUnsignedLong(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        lsn(parts.group(3), parts.group(4)),
        parts.group(9) == null
            ? Optional.empty()
            : Optional.of(
                new Inside(
                    lsn(parts.group(5), parts.group(6)),
                    lsn(parts.group(7), parts.group(8)),
                    Integer.parseInt(parts.group(9)))));
  }

  /** Invariant 9: a lost position is an error that names its remedy, never a skip. */
  static ConnectorException lost(Position position, String fault) {
    return new ConnectorException(
        new Failure.PositionLost(
            position, fault + "; read everything again: `lockstep run SYNC --full`"));
  }

  /** As PostgreSQL prints a place in its log. */
  static String print(long lsn) {
    return Integer.toHexString((int) (lsn >>> 32)).toUpperCase(java.util.Locale.ROOT)
        + '/'
        + Integer.toHexString((int) lsn).toUpperCase(java.util.Locale.ROOT);
  }

  /** Reads what PostgreSQL prints. */
  static long lsn(String text) {
    int slash = text.indexOf('/');
    return lsn(text.substring(0, slash), text.substring(slash + 1));
  }

  private static long lsn(String high, String low) {
    return Long.parseLong(high, 16) << 32 | Long.parseLong(low, 16);
  }
}
