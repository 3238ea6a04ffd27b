package dev.lockstep.engine.limit;

import java.time.Instant;

/** Whether a target is being called. */
public sealed interface CircuitState {

  /** All calls pass; so many failed since the last success. */
  record Closed(int failuresInARow) implements CircuitState {}

  /**
   * No call passes before a moment.
   *
   * @param times how often in a row it has opened
   */
  record Open(Instant since, Instant until, int times) implements CircuitState {}

  /** One call has passed as a probe, and all others wait for its outcome. */
  record HalfOpen(Instant since, int times) implements CircuitState {}
}
