package dev.lockstep.engine.delivery;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.engine.limit.BudgetExhausted;
import dev.lockstep.engine.limit.Circuit;
import dev.lockstep.engine.limit.CircuitState;
import dev.lockstep.engine.limit.Passage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Calls a target when its circuit and its budget let it, and tells the circuit how it went. Waits
 * as long as it takes; an interrupt ends the wait.
 */
final class Call {
  private static final Duration LONGEST_NAP = Duration.ofSeconds(10);

  private final Circuit circuit;
  private final InstantSource clock;

  Call(Circuit circuit, InstantSource clock) {
    this.circuit = circuit;
    this.clock = clock;
  }

  /** What is called. */
  interface Body<T> {
    T call() throws InterruptedException;
  }

  /** How it went. */
  sealed interface Answer<T> {
    record Given<T>(T value) implements Answer<T> {}

    /** The call failed as a whole, and it is not known what it did. */
    record Failed<T>(Failure.Transient failure) implements Answer<T> {}
  }

  /** Makes one call; throws {@link ConnectorException} for failures that waiting does not mend. */
  <T> Answer<T> once(Body<T> body) throws InterruptedException {
    while (true) {
      try (Passage.Admitted passage = enter()) {
        return admitted(passage, body);
      } catch (BudgetExhausted e) {
        napUntil(e.renewsAt());
      }
    }
  }

  /** Calls until there is an answer. */
  <T> T untilAnswered(Body<T> body) throws InterruptedException {
    while (true) {
      switch (once(body)) {
        case Answer.Given<T>(T value) -> {
          return value;
        }
        case Answer.Failed<T>(var failure) -> pause(failure);
      }
    }
  }

  /** Whether the target is answering others, so that a failure speaks of its own call. */
  boolean isTargetWell() {
    return switch (circuit.state()) {
      case CircuitState.Closed closed -> true;
      case CircuitState.Open open -> false;
      case CircuitState.HalfOpen halfOpen -> false;
    };
  }

  private static <T> Answer<T> admitted(Passage.Admitted passage, Body<T> body)
      throws InterruptedException {
    try {
      T value = body.call();
      passage.succeeded();
      return new Answer.Given<>(value);
    } catch (ConnectorException e) {
      if (!(e.failure() instanceof Failure.Transient failure)) {
        throw e;
      }
      passage.failed(failure);
      return new Answer.Failed<>(failure);
    }
  }

  private Passage.Admitted enter() throws InterruptedException {
    while (true) {
      switch (circuit.enter()) {
        case Passage.Admitted admitted -> {
          return admitted;
        }
        case Passage.Refused(Instant until) -> napUntil(until);
      }
    }
  }

  /** A short wait between two tries, while the circuit still lets calls pass. */
  static void pause(Failure.Transient failure) throws InterruptedException {
    Optional<Duration> asked = failure.retryAfter();
    Thread.sleep(
        asked.filter(wait -> wait.compareTo(LONGEST_NAP) < 0).orElse(Duration.ofMillis(100)));
  }

  // Cut, so that a clock that was set or a circuit that closed is noticed.
  private void napUntil(Instant until) throws InterruptedException {
    Duration wait = Duration.between(clock.instant(), until);
    if (wait.isPositive()) {
      Thread.sleep(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP);
    }
  }
}
