package dev.lockstep.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Numbers and times as people read them. */
final class Words {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Words() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 10 min}, {@code 2 d 3 h}. */
  static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0).replace(".0 ", " ");
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    return seconds < 86_400
        ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
        : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** A field of seconds. */
  static String seconds(JsonNode seconds) {
    return span(Duration.ofMillis(seconds.decimalValue().movePointRight(3).longValue()));
  }

  /** A field of an instant, in this machine's zone, as the reader's clock shows it. */
  static String moment(JsonNode instant) {
    return instant.isString()
        ? MOMENT.format(Instant.parse(instant.stringValue()).atZone(ZoneId.systemDefault()))
        : "";
  }
}
