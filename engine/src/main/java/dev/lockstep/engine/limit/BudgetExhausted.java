package dev.lockstep.engine.limit;

import java.time.Instant;

/**
 * A system's calls for the present period are used up, for the sync that asked. Nothing was called
 * and nothing is wrong with the system: the caller waits until {@link #renewsAt} and asks again,
 * without counting an attempt.
 */
public final class BudgetExhausted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Instant renewsAt;

  BudgetExhausted(String system, long calls, Instant renewsAt, boolean kept) {
    super(
        system
            + " may be asked "
            + calls
            + " calls, and "
            + (kept ? "what is left of them is kept for time-sensitive syncs" : "all are used")
            + "; the next are free at "
            + renewsAt
            + ". Raise systems."
            + system
            + ".limits.calls if the system allows more.");
    this.renewsAt = renewsAt;
  }

  public Instant renewsAt() {
    return renewsAt;
  }
}
