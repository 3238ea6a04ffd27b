package dev.lockstep.hub.action;

import dev.lockstep.hub.outgoing.Answered;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt to post an event, and what it came to.
 *
 * @param reason why it was not taken; empty when it was
 * @param forGood whether it will never be taken as it is
 * @param retryAfter how long the answer asked to wait
 */
record Attempt(
    OptionalInt status,
    Optional<String> beginning,
    Optional<String> reason,
    boolean forGood,
    Optional<Duration> retryAfter) {
  private static final Duration LONGEST = Duration.ofDays(1);

  static Attempt failed(String reason) {
    return new Attempt(
        OptionalInt.empty(), Optional.empty(), Optional.of(reason), false, Optional.empty());
  }

  /** One that succeeded without an answer from elsewhere. */
  static Attempt done(String told) {
    return done(OptionalInt.empty(), told);
  }

  static Attempt done(OptionalInt status, String told) {
    return new Attempt(status, Optional.of(told), Optional.empty(), false, Optional.empty());
  }

  static Attempt refused(OptionalInt status, String reason, boolean forGood) {
    return new Attempt(status, Optional.empty(), Optional.of(reason), forGood, Optional.empty());
  }

  /** Judged as answers to other writes are: what only a person can mend waits for that person. */
  static Attempt of(Answered answer, Instant now) {
    int status = answer.status();
    Optional<String> reason =
        status >= 200 && status < 300
            ? Optional.empty()
            : Optional.of(
                status >= 300 && status < 400
                    ? "it answered " + status + ", and redirects are not followed"
                    : "it answered " + status);
    boolean forGood =
        switch (status) {
          case 401, 403, 405, 407, 408, 415, 425, 429 -> false;
          default -> status >= 400 && status < 500;
        };
    return new Attempt(
        OptionalInt.of(status),
        Optional.of(answer.beginning()),
        reason,
        forGood,
        answer.retryAfter().flatMap(text -> wait(text.strip(), now)));
  }

  /** Seconds or a date; no longer than a day, so that a wrong clock cannot stop us for good. */
  private static Optional<Duration> wait(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
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
