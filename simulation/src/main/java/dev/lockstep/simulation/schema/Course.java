package dev.lockstep.simulation.schema;

import java.time.Duration;
import java.util.List;

/**
 * How a simulation goes.
 *
 * @param version of PostgreSQL, on both sides
 * @param lasts how long the load goes on
 * @param killEvery how long it is from one kill to the next
 * @param loading whether the first kills fall into the initial load
 * @param victims what is killed, Lockstep most of the time
 */
record Course(
    long seed,
    int version,
    Duration lasts,
    Duration killEvery,
    boolean loading,
    List<Victim> victims,
    Scale scale) {
  Course {
    victims = List.copyOf(victims);
    if (victims.isEmpty()) {
      throw new IllegalArgumentException("nothing to kill");
    }
  }
}
