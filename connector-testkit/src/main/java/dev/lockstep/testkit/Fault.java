package dev.lockstep.testkit;

import dev.lockstep.connector.Failure;
import java.time.Duration;
import java.util.Optional;

/** Something that goes wrong in one call of a {@link MemorySystem}. */
public sealed interface Fault {

  /** The call fails with this, having done nothing. */
  record Fails(Failure failure) implements Fault {}

  /** The write is applied and committed, then the call fails as {@link Failure.Transient}. */
  record AnswerLost() implements Fault {}

  /**
   * The call blocks until its thread is interrupted or {@link Faults#release} is called, then goes
   * on.
   */
  record Hangs() implements Fault {}

  /** The change feed answers {@link Failure.PositionLost}, whatever the position. */
  record LosesPosition() implements Fault {}

  static Fault unavailable() {
    return new Fails(Failure.Transient.of("scripted: unavailable"));
  }

  static Fault throttled(Duration retryAfter) {
    return new Fails(new Failure.Transient("scripted: too many calls", Optional.of(retryAfter)));
  }
}
