package dev.lockstep.engine.limit;

import dev.lockstep.connector.Failure;
import java.time.Duration;
import java.time.Instant;

/** A circuit's answer to a call that is about to be made. */
public sealed interface Passage {

  /** Do not call; ask again at a moment. */
  record Refused(Instant until) implements Passage {}

  /**
   * Call, and report how it went, once. A failure is a transient one only: a target that refuses a
   * record is in good health. Closing without a report (the call was cancelled) tells nothing about
   * the target. Thread-safe.
   */
  final class Admitted implements Passage, AutoCloseable {
    private final Circuit circuit;
    private final long round;

    Admitted(Circuit circuit, long round) {
      this.circuit = circuit;
      this.round = round;
    }

    public void succeeded() {
      circuit.succeeded(round);
    }

    public void failed(Failure.Transient failure) {
      circuit.failed(round, failure.retryAfter().orElse(Duration.ZERO), failure.message());
    }

    @Override
    public void close() {
      circuit.abandoned(round);
    }
  }
}
