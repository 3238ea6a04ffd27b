package dev.lockstep.cli;

import dev.lockstep.server.admin.Wording;
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
    return Wording.number(number);
  }

  static String bytes(long bytes) {
    return Wording.bytes(bytes);
  }

  static String span(Duration span) {
    return Wording.span(span);
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
