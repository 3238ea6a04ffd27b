package dev.lockstep.hub.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * How far a task is, and how fast, for people.
 *
 * @param percent with one digit behind the point
 * @param itemsPerSecond since it was begun; empty before
 * @param secondsLeft at this rate; empty when it is over or nothing is done yet
 */
public record Pace(double percent, OptionalLong itemsPerSecond, OptionalLong secondsLeft) {

  /**
   * Works it out.
   *
   * @param ended empty while it is under way
   */
  public static Pace of(
      double percent, long items, Optional<Instant> started, Optional<Instant> ended, Instant now) {
    double shown = Math.floor(percent * 10) / 10;
    double seconds =
        started.map(from -> Duration.between(from, ended.orElse(now)).toNanos() / 1e9).orElse(0.0);
    if (seconds <= 0) {
      return new Pace(shown, OptionalLong.empty(), OptionalLong.empty());
    }
    return new Pace(
        shown,
        OptionalLong.of(Math.round(items / seconds)),
        ended.isEmpty() && shown > 0
            ? OptionalLong.of(Math.round(seconds * (100 - shown) / shown))
            : OptionalLong.empty());
  }

  /** Writes its fields into an object. */
  public void write(JsonGenerator json) {
    json.writeNumberProperty("percent", percent);
    itemsPerSecond.ifPresent(it -> json.writeNumberProperty("itemsPerSecond", it));
    secondsLeft.ifPresent(it -> json.writeNumberProperty("secondsLeft", it));
  }
}
