package dev.lockstep.engine.run;

import dev.lockstep.engine.delivery.Delivery;
import java.time.Duration;
import java.time.InstantSource;

/** Tries again what the target has refused for now. One thread of each sync does so. */
public final class RetryParked {
  private static final Duration IDLE = Duration.ofSeconds(1);

  /**
   * What is next by its time may wait behind an earlier change of its record, so a time that has
   * passed is no reason to look again at once.
   */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

  private static final int AT_ONCE = 200;
  private static final int ROUNDS = 100;

  private final Route route;
  private final InstantSource clock;
  private final Remap remap;

  public RetryParked(Route route, InstantSource clock) {
    this.route = route;
    this.clock = clock;
    this.remap = new Remap(route);
  }

  /** Tries whenever something is due, until it is interrupted: for a sync that follows nothing. */
  public void keep() throws InterruptedException {
    while (true) {
      due();
      Thread.sleep(untilNext());
    }
  }

  /** Tries what is due now. */
  public void due() throws InterruptedException {
    Delivery delivery = route.delivery();
    if (delivery.parking().size() == 0) {
      // Hundreds of syncs look every second, and mostly for nothing: that must not ask the store.
      return;
    }
    // Behind one that is taken the next of its record stands: runs that come often would otherwise
    // park more of a record than are sent again.
    int tried = 1;
    for (int round = 0; tried > 0 && round < ROUNDS; round++) {
      tried = route.precedence().alone(() -> delivery.retryParked(remap, AT_ONCE));
    }
  }

  /** How long to wait before looking again; at most a second. */
  public Duration untilNext() throws InterruptedException {
    Duration wait =
        route
            .delivery()
            .parking()
            .nextTry()
            .map(next -> Duration.between(clock.instant(), next))
            .orElse(IDLE);
    if (wait.compareTo(SHORTEST_WAIT) < 0) {
      return SHORTEST_WAIT;
    }
    return wait.compareTo(IDLE) < 0 ? wait : IDLE;
  }
}
