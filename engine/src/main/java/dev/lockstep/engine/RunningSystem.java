package dev.lockstep.engine;

import dev.lockstep.connector.ChangeReader.Retained;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Problem;
import dev.lockstep.engine.limit.Circuit;
import dev.lockstep.engine.limit.CircuitSpec;
import dev.lockstep.engine.limit.CircuitState;
import dev.lockstep.engine.limit.GateStatus;
import dev.lockstep.engine.limit.LimitSpec;
import dev.lockstep.engine.limit.LimitedConnection;
import dev.lockstep.engine.limit.Priority;
import dev.lockstep.engine.limit.SystemGate;
import dev.lockstep.engine.sync.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A system with the gate every call passes and the circuit that leaves it alone when it fails. */
final class RunningSystem {
  /** Short at first, since a target that restarts is back in a moment. */
  private static final CircuitSpec CIRCUIT =
      new CircuitSpec(5, 50, 60, Duration.ofMillis(500), Duration.ofSeconds(10));

  private final SystemSpec spec;
  private final SystemGate gate;
  private final Circuit circuit;
  private volatile Optional<Retained> retained = Optional.empty();

  private RunningSystem(SystemSpec spec, SystemGate gate, Circuit circuit) {
    this.spec = spec;
    this.gate = gate;
    this.circuit = circuit;
  }

  static RunningSystem open(SystemSpec spec, EngineParts parts) throws InterruptedException {
    SystemGate gate = SystemGate.open(spec.name(), spec.limits(), parts.store(), parts.clock());
    return new RunningSystem(spec, gate, new Circuit(CIRCUIT, parts.clock(), parts.random()));
  }

  String name() {
    return spec.name();
  }

  LimitSpec limits() {
    return spec.limits();
  }

  /** The connection as a sync with this promise may use it; not to be closed. */
  Connection connection(Optional<Duration> promise) {
    Priority priority = promise.map(Priority::new).orElse(Priority.BACKGROUND);
    return new LimitedConnection(spec.connection(), gate, priority);
  }

  Circuit circuit() {
    return circuit;
  }

  List<Problem> check() throws InterruptedException {
    try {
      return spec.connection().check();
    } catch (ConnectorException e) {
      return switch (e.failure()) {
        case Failure.Misconfigured(List<Problem> problems) -> problems;
        case Failure.Transient(var message, var retryAfter) ->
            List.of(new Problem("", message, "see that the system can be reached from here"));
        case Failure.Permanent(var message) -> List.of(new Problem("", message, "see the message"));
        case Failure.PositionLost(var position, var message) ->
            List.of(new Problem("", message, "read the source anew"));
      };
    }
  }

  /** Why calls of this system wait for now, if they do. */
  Optional<Trouble> trouble() {
    String place = "system " + spec.name();
    SystemStatus status = status();
    return switch (status.state()) {
      case UNKNOWN, REACHABLE -> Optional.empty();
      case RESTING ->
          circuit
              .ailment()
              .map(ailment ->
                  new Trouble(
                      place,
                      ailment.failure(),
                      "it is left alone for a moment and tried again by itself",
                      true,
                      ailment.since()));
      case EXHAUSTED ->
          gate.refusingSince()
              .map(since ->
                  new Trouble(
                      place,
                      "its calls are used up",
                      "it goes on by itself when they renew, at "
                          + status.renewsAt().map(Instant::toString).orElse("a later time")
                          + "; raise limits.calls if the system allows more",
                      true,
                      since));
    };
  }

  SystemStatus status() {
    GateStatus calls = gate.status();
    Optional<Instant> restsUntil =
        switch (circuit.state()) {
          case CircuitState.Closed closed -> Optional.empty();
          case CircuitState.Open open -> Optional.of(open.until());
          case CircuitState.HalfOpen halfOpen -> Optional.of(halfOpen.since());
        };
    boolean exhausted = calls.allowed().isPresent() && calls.used() >= calls.allowed().getAsLong();
    SystemStatus.State state =
        exhausted
            ? SystemStatus.State.EXHAUSTED
            : restsUntil.isPresent() ? SystemStatus.State.RESTING : SystemStatus.State.REACHABLE;
    return new SystemStatus(
        spec.name(),
        spec.connector(),
        state,
        calls.used(),
        calls.allowed(),
        calls.renewsAt(),
        calls.inFlight(),
        calls.waiting(),
        restsUntil,
        retained);
  }

  /** Notes what the system keeps back for those who follow it. */
  void retains(Optional<Retained> found) {
    retained = found;
  }

  void close() {
    spec.connection().close();
    try {
      gate.settle();
    } catch (InterruptedException e) {
      // At worst a block of the day's calls counts as used.
      Thread.currentThread().interrupt();
    }
  }
}
