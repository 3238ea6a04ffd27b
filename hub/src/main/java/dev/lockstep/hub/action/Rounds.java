package dev.lockstep.hub.action;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knows loops through receivers that do not tell what they write because of. A receiver that writes
 * back makes each change while the event of the one before it is under way to it; one who writes by
 * himself does so by chance only, for when he is faster than the receiver, changes wait for it, and
 * are older than the sending of the one before. Whoever writes back later is slowed down, but loses
 * nothing. Kept in memory, for the entries of late. Thread-safe.
 */
final class Rounds {
  /** How many events in a row may be changes made while the one before was under way. */
  static final int MOST_WITHIN = 200;

  /** How many events of one entry an action sends within a minute. */
  static final int MOST_A_MINUTE = 600;

  private static final int MOST_KNOWN = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Map<Key, Round> known = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(long action, String entry) {}

  /**
   * How it went so far.
   *
   * @param within how many events in a row were made while the one before was under way
   * @param sent how many were sent since {@code since}
   */
  private record Round(int within, Instant begun, Instant ended, Instant since, int sent) {}

  /** Whether an event that was made at a moment is one round too many. */
  synchronized boolean isLoop(Delivery.Order order, Instant at) {
    Round round = known.get(key(order));
    return round != null && isWithin(round, at) && round.within() >= MOST_WITHIN;
  }

  /** How long an event has to wait, so that there are not too many in a minute. */
  synchronized Optional<Duration> rest(Delivery.Order order, Instant now) {
    Round round = known.get(key(order));
    return round != null && round.sent() >= MOST_A_MINUTE && isOf(round, now)
        ? Optional.of(Duration.between(now, round.since().plus(MINUTE)))
        : Optional.empty();
  }

  /** Notes that an event was sent, and from when to when. */
  synchronized void sent(Delivery.Order order, Instant at, Instant begun, Instant ended) {
    Round round = known.get(key(order));
    int within = round != null && isWithin(round, at) ? round.within() + 1 : 0;
    known.put(
        key(order),
        round != null && isOf(round, begun)
            ? new Round(within, begun, ended, round.since(), round.sent() + 1)
            : new Round(within, begun, ended, begun, 1));
    if (known.size() > MOST_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
  }

  /** Forgets an entry: what was sent too often begins anew with the next change. */
  synchronized void forget(Delivery.Order order) {
    known.remove(key(order));
  }

  private static boolean isWithin(Round round, Instant at) {
    return !at.isBefore(round.begun()) && !at.isAfter(round.ended());
  }

  private static boolean isOf(Round round, Instant now) {
    return now.isBefore(round.since().plus(MINUTE));
  }

  private static Key key(Delivery.Order order) {
    return new Key(order.action(), order.entry());
  }
}
