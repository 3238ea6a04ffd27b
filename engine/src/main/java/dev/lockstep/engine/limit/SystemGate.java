package dev.lockstep.engine.limit;

import dev.lockstep.connector.Limits;
import dev.lockstep.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one way into a system: every call of every sync passes here, so that together they keep the
 * system's limits. Thread-safe; callers block, on virtual threads or any other.
 */
public final class SystemGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final Turnstile turnstile;

  private SystemGate(InstantSource clock, Turnstile turnstile) {
    this.clock = clock;
    this.turnstile = turnstile;
  }

  /**
   * Opens the gate of a system; there must be one per system and store.
   *
   * @param store whose migrations include {@link BudgetTables#MIGRATION}
   */
  public static SystemGate open(String system, LimitSpec limits, Store store, InstantSource clock)
      throws InterruptedException {
    Instant now = clock.instant();
    Optional<Allowance> calls = limits.calls();
    return new SystemGate(
        clock,
        new Turnstile(
            system,
            limits,
            calls.isPresent() ? new Budget(system, calls.get(), store, now) : null,
            now));
  }

  /**
   * Says that a sync of this priority will call. Once one is time-sensitive, the last tenth of a
   * period's calls is kept for such syncs.
   */
  public void expect(Priority priority) {
    if (priority.timeSensitive()) {
      guarded(turnstile::keepShare);
    }
  }

  /**
   * Keeps the limits of one of the system's datasets beside the user's. Concurrency and rate hold
   * for the whole system, the size of a batch for the dataset.
   *
   * @return the narrower of each of both
   */
  public Limits narrow(Limits connector) {
    lock.lock();
    try {
      LimitSpec narrower = turnstile.limits().narrowedBy(connector);
      turnstile.narrow(narrower, clock.instant());
      return narrower.limits(connector.batchRows());
    } finally {
      wakeHead();
      lock.unlock();
    }
  }

  /**
   * Waits for leave to make one call: smaller freshness promises pass first, and every eighth turn
   * belongs to whoever has waited longest. An interrupt gives the place up.
   *
   * @throws BudgetExhausted when the period's calls are used up for this priority
   */
  public Permit acquire(Priority priority) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Ticket ticket = turnstile.enter(priority, lock.newCondition());
      try {
        await(ticket);
      } catch (InterruptedException | RuntimeException e) {
        turnstile.leave(ticket);
        throw e;
      }
      if (ticket.refusal().isPresent()) {
        throw ticket.refusal().get();
      }
      return new Permit(this, ticket);
    } finally {
      wakeHead();
      lock.unlock();
    }
  }

  private void await(Ticket ticket) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      Optional<Instant> next = turnstile.admit(now);
      if (ticket.admitted() || ticket.refusal().isPresent()) {
        return;
      }
      boolean watches = turnstile.head().filter(head -> head == ticket).isPresent();
      if (watches && next.isPresent()) {
        long nanos = Math.max(1, Duration.between(now, next.get()).toNanos());
        boolean ignored = ticket.answered().await(nanos, TimeUnit.NANOSECONDS);
      } else {
        ticket.answered().await();
      }
    }
  }

  void release(Ticket ticket) {
    guarded(() -> turnstile.leave(ticket));
  }

  public GateStatus status() {
    lock.lock();
    try {
      return turnstile.status(clock.instant());
    } finally {
      lock.unlock();
    }
  }

  /** Since when callers have been refused because the period's calls are used up. */
  public Optional<Instant> refusingSince() {
    lock.lock();
    try {
      return turnstile.refusingSince();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns calls taken from the store and not used, so that an orderly end wastes none. Called
   * when no caller is left; the gate stays usable.
   */
  public void settle() throws InterruptedException {
    lock.lock();
    try {
      turnstile.settle();
    } finally {
      lock.unlock();
    }
  }

  private void guarded(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      wakeHead();
      lock.unlock();
    }
  }

  /** Whatever changed, the first in the queue looks again and answers all that can be answered. */
  private void wakeHead() {
    turnstile.head().ifPresent(head -> head.answered().signal());
  }
}
