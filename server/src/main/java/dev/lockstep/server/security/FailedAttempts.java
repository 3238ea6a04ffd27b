package dev.lockstep.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Slows down who guesses. After some failures in a row each further one doubles a wait, during
 * which nothing is even compared. Thread-safe.
 *
 * <p>Failures are counted in a fixed number of places, to which callers are spread by a key that
 * nobody outside knows (invariant 8): a flood of names costs no memory, and two callers share a
 * place only by chance.
 */
final class FailedAttempts {
  private static final int PLACES = 4096;
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** As long after the last failure they are forgotten. */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final Place[] places = new Place[PLACES];

  private record Place(int failures, Instant last) {
    static final Place EMPTY = new Place(0, Instant.MIN);
  }

  FailedAttempts(InstantSource clock) {
    this.clock = clock;
    java.util.Arrays.fill(places, Place.EMPTY);
  }

  /** How long this one has to wait yet; empty when it may try. */
  synchronized Optional<Duration> left(long key) {
    Place place = places[index(key)];
    if (place.failures() < FREE) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant end = place.last().plus(pause(place.failures()));
    return now.isBefore(end) ? Optional.of(Duration.between(now, end)) : Optional.empty();
  }

  private static Duration pause(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - FREE, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  synchronized void failed(long key) {
    Place place = places[index(key)];
    Instant now = clock.instant();
    boolean old = place.failures() > 0 && place.last().plus(KEPT).isBefore(now);
    places[index(key)] = new Place(old ? 1 : Math.min(place.failures() + 1, 1000), now);
  }

  synchronized void succeeded(long key) {
    places[index(key)] = Place.EMPTY;
  }

  private static int index(long key) {
    return (int) Math.floorMod(key, (long) PLACES);
  }
}
