package dev.lockstep.engine.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leave to make one call. Closed when the call has ended, however it ended; closing twice is
 * harmless.
 */
public final class Permit implements AutoCloseable {
  private final SystemGate gate;
  private final Ticket ticket;
  private final AtomicBoolean open = new AtomicBoolean(true);

  Permit(SystemGate gate, Ticket ticket) {
    this.gate = gate;
    this.ticket = ticket;
  }

  @Override
  public void close() {
    if (open.getAndSet(false)) {
      gate.release(ticket);
    }
  }
}
