package dev.lockstep.connectors.http;

import io.helidon.http.HeaderNames;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads how long an answer asks to wait, in seconds or as a date (RFC 9110, 10.2.3). */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> of(Exchange answer, InstantSource clock) {
    return answer
        .header(HeaderNames.RETRY_AFTER)
        .flatMap(text -> of(text.strip(), clock.instant()));
  }

  /**
   * Empty when the text is neither; no longer than a day, so that a wrong clock cannot stop us for
   * good.
   */
  static Optional<Duration> of(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : bounded(wait));
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
