package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Position;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * How far changes were followed. Printed as {@code
 * changes1:BATCH:tickets=FROM;replies=FROM~UNTIL~AT} with moments in seconds.
 *
 * @param batch the number of batches with changes so far
 * @param marks how far each dataset was swept
 */
record FeedPosition(long batch, SequencedMap<DatasetId, Mark> marks) {
  private static final String VERSION = "changes1:";

  /**
   * How far a dataset was swept.
   *
   * @param from what changed before is known
   * @param under how far a sweep that is under way has come
   */
  record Mark(Instant from, Optional<UnderWay> under) {
    static Mark from(Instant from) {
      return new Mark(from, Optional.empty());
    }
  }

  /**
   * A sweep that has begun.
   *
   * @param until when the newest change was made that there was at its beginning
   */
  record UnderWay(Instant until, Listing.Mark at) {}

  Position position() {
    StringJoiner text = new StringJoiner(";", VERSION + batch + ":", "");
    marks.forEach((dataset, mark) ->
        text.add(
            Remote.encode(dataset.name())
                + "="
                + mark.from().getEpochSecond()
                + mark.under()
                    .map(it -> "~" + it.until().getEpochSecond() + "~" + it.at().text())
                    .orElse("")));
    return new Position(text.toString());
  }

  static FeedPosition of(Position position) {
    String[] parts = position.token().split(":", 3);
    if (parts.length != 3
        || !position.token().startsWith(VERSION)
        || !parts[1].matches("\\d{1,18}")) {
      throw lost(position);
    }
    SequencedMap<DatasetId, Mark> marks = new LinkedHashMap<>();
    for (String each : parts[2].split(";")) {
      Map.Entry<DatasetId, Mark> mark = mark(position, each);
      marks.put(mark.getKey(), mark.getValue());
    }
    return new FeedPosition(Long.parseLong(parts[1]), marks);
  }

  private static Map.Entry<DatasetId, Mark> mark(Position position, String text) {
    String[] sides = text.split("=", 2);
    String[] parts = sides.length == 2 ? sides[1].split("~", 3) : new String[0];
    boolean whole = parts.length == 1 || parts.length == 3;
    if (!whole || sides[0].isBlank() || !parts[0].matches("-?\\d{1,12}")) {
      throw lost(position);
    }
    Optional<UnderWay> under = Optional.empty();
    if (parts.length == 3) {
      if (!parts[1].matches("-?\\d{1,12}")) {
        throw lost(position);
      }
      Listing.Mark at = Listing.Mark.of(parts[2]).orElseThrow(() -> lost(position));
      under = Optional.of(new UnderWay(Instant.ofEpochSecond(Long.parseLong(parts[1])), at));
    }
    return Map.entry(
        new DatasetId(URLDecoder.decode(sides[0], StandardCharsets.UTF_8)),
        new Mark(Instant.ofEpochSecond(Long.parseLong(parts[0])), under));
  }

  static ConnectorException lost(Position position) {
    // Invariant 9: a lost position is an error, never a skip.
    return new ConnectorException(
        new Failure.PositionLost(
            position,
            "this is no position of the changes of a Liferay; read in bulk again with lockstep run"
                + " SYNC --full"));
  }
}
