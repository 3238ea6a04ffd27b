package dev.lockstep.engine.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * Spaces calls evenly. A twentieth of a second's worth may come at once, so that a thread that
 * wakes a little late costs no throughput; the filling is slower by as much, so that still no
 * second sees more than the rate. Not thread-safe.
 */
final class TokenBucket {
  /** Forgives rounding, so that a wait of the very length asked for is enough. */
  private static final double ENOUGH = 1 - 1e-6;

  private final double most;
  private final double perSecond;
  private double tokens;
  private Instant last;

  TokenBucket(double rate, Instant now) {
    this.most = Math.max(1, Math.floor(rate / 20));
    this.perSecond = rate - (most - 1);
    this.tokens = most;
    this.last = now;
  }

  /** The first moment, not before now, at which a token is there. */
  Instant available(Instant now) {
    fill(now);
    if (tokens >= ENOUGH) {
      return now;
    }
    double seconds = (1 - tokens) / perSecond;
    return now.plus(Duration.ofNanos((long) Math.ceil(seconds * 1e9)));
  }

  /** Takes a token that is {@link #available} now. */
  void take() {
    tokens = Math.max(0, tokens - 1);
  }

  private void fill(Instant now) {
    if (now.isAfter(last)) {
      double seconds = Duration.between(last, now).toNanos() / 1e9;
      tokens = Math.min(most, tokens + seconds * perSecond);
    }
    // A clock put back gives nothing and loses nothing.
    last = now;
  }
}
