package dev.lockstep.engine.limit;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Who passes next into one system, decided at a given moment: the smallest freshness promise first,
 * among equals the one that came first; and every eighth turn belongs to whoever has waited
 * longest, so that nobody waits for ever. Not thread-safe: {@link SystemGate} brings the lock and
 * the clock.
 */
final class Turnstile {
  private static final int TURNS = 8;

  private final String system;
  private final @Nullable Budget budget;
  private final TreeSet<Ticket> byPriority = new TreeSet<>(Ticket.BY_PRIORITY);
  private final TreeSet<Ticket> byArrival = new TreeSet<>(Ticket.BY_ARRIVAL);
  private LimitSpec limits;
  private @Nullable TokenBucket bucket;
  private @Nullable Instant refusingSince;
  private boolean keepsShare;
  private int inFlight;
  private long arrivals;
  private long passed;

  Turnstile(String system, LimitSpec limits, @Nullable Budget budget, Instant now) {
    this.system = system;
    this.limits = limits;
    this.budget = budget;
    this.bucket = bucket(limits, now);
  }

  private static @Nullable TokenBucket bucket(LimitSpec limits, Instant now) {
    return limits.ratePerSecond().isPresent()
        ? new TokenBucket(limits.ratePerSecond().getAsDouble(), now)
        : null;
  }

  /** Keeps a tenth of the allowance for time-sensitive syncs from now on. */
  void keepShare() {
    keepsShare = true;
  }

  void narrow(LimitSpec narrower, Instant now) {
    if (!narrower.ratePerSecond().equals(limits.ratePerSecond())) {
      bucket = bucket(narrower, now);
    }
    limits = narrower;
  }

  LimitSpec limits() {
    return limits;
  }

  Ticket enter(Priority priority, Condition answered) {
    Ticket ticket = new Ticket(priority, arrivals++, answered);
    byPriority.add(ticket);
    byArrival.add(ticket);
    return ticket;
  }

  /** Gives a place up, or ends the call that the ticket admitted. */
  void leave(Ticket ticket) {
    if (ticket.admitted()) {
      inFlight--;
    } else {
      remove(ticket);
    }
  }

  /** The waiting ticket whose owner watches the time for all. */
  Optional<Ticket> head() {
    return byPriority.isEmpty() ? Optional.empty() : Optional.of(byPriority.first());
  }

  /**
   * Answers every ticket that can be answered now.
   *
   * @return the moment at which the rate lets the next one pass; empty when only the end of a call
   *     in flight can
   */
  Optional<Instant> admit(Instant now) throws InterruptedException {
    while (!byPriority.isEmpty() && inFlight < limits.concurrent().orElse(Integer.MAX_VALUE)) {
      Instant when = bucket == null ? now : bucket.available(now);
      if (when.isAfter(now)) {
        return Optional.of(when);
      }
      answer(passed % TURNS == TURNS - 1 ? byArrival.first() : byPriority.first(), now);
    }
    return Optional.empty();
  }

  private void answer(Ticket ticket, Instant now) throws InterruptedException {
    long kept = keepsShare && !ticket.priority().timeSensitive() ? share() : 0;
    if (budget != null && !budget.take(now, kept)) {
      remove(ticket);
      refusingSince = refusingSince == null ? now : refusingSince;
      ticket.refuse(
          new BudgetExhausted(
              system, budget.allowed(), budget.renewsAt(now), budget.used(now) < budget.allowed()));
      return;
    }
    if (bucket != null) {
      bucket.take();
    }
    refusingSince = null;
    remove(ticket);
    passed++;
    inFlight++;
    ticket.admit();
  }

  private long share() {
    return budget == null ? 0 : budget.allowed() / 10;
  }

  private void remove(Ticket ticket) {
    byPriority.remove(ticket);
    byArrival.remove(ticket);
  }

  void settle() throws InterruptedException {
    if (budget != null) {
      budget.giveBack();
    }
  }

  /** Since when callers have been refused because the period's calls are used up. */
  Optional<Instant> refusingSince() {
    return Optional.ofNullable(refusingSince);
  }

  GateStatus status(Instant now) {
    return budget == null
        ? GateStatus.unlimited(passed, inFlight, byPriority.size())
        : GateStatus.limited(
            budget.allowed(), budget.used(now), inFlight, byPriority.size(), budget.renewsAt(now));
  }
}
