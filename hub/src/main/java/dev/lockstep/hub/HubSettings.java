package dev.lockstep.hub;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the hub is lent, and how long it remembers.
 *
 * @param random makes external reference codes; only ever used by one thread at a time
 * @param retention how long an event is kept at least, whoever has read it
 */
public record HubSettings(InstantSource clock, RandomGenerator random, Duration retention) {
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  public HubSettings {
    if (retention.isNegative()) {
      throw new IllegalArgumentException("retention " + retention);
    }
  }
}
