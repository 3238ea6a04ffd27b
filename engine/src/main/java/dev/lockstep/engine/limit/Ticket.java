package dev.lockstep.engine.limit;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/** One caller's place in a {@link Turnstile}'s queue. Guarded by the gate's lock. */
final class Ticket {
  static final Comparator<Ticket> BY_PRIORITY =
      Comparator.<Ticket, Priority>comparing(ticket -> ticket.priority)
          .thenComparingLong(ticket -> ticket.number);
  static final Comparator<Ticket> BY_ARRIVAL = Comparator.comparingLong(ticket -> ticket.number);

  private final Priority priority;
  private final long number;
  private final Condition answered;
  private boolean admitted;
  private Optional<BudgetExhausted> refusal = Optional.empty();

  Ticket(Priority priority, long number, Condition answered) {
    this.priority = priority;
    this.number = number;
    this.answered = answered;
  }

  Priority priority() {
    return priority;
  }

  /** Signalled when the ticket is answered, or becomes the one that must watch the time. */
  Condition answered() {
    return answered;
  }

  boolean admitted() {
    return admitted;
  }

  Optional<BudgetExhausted> refusal() {
    return refusal;
  }

  void admit() {
    admitted = true;
    answered.signal();
  }

  void refuse(BudgetExhausted reason) {
    refusal = Optional.of(reason);
    answered.signal();
  }
}
