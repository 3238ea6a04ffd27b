package dev.lockstep.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a whole call failed, told apart by what the engine must do next. Messages hold no secrets.
 */
public sealed interface Failure {

  String message();

  /** Unreachable, busy or throttling: the engine retries, after the given wait if there is one. */
  record Transient(String message, Optional<Duration> retryAfter) implements Failure {
    public static Transient of(String message) {
      return new Transient(message, Optional.empty());
    }
  }

  /**
   * A person must change settings or privileges: the engine stops the sync and shows the problems.
   */
  record Misconfigured(List<Problem> problems) implements Failure {
    public Misconfigured {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
    }
  }

  /**
   * The source no longer holds the changes after this position: the engine stops and offers a new
   * bulk read.
   */
  record PositionLost(Position position, String message) implements Failure {}

  /** It failed and would fail again: the engine stops the sync. */
  record Permanent(String message) implements Failure {}
}
