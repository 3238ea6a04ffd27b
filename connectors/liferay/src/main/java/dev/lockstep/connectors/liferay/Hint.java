package dev.lockstep.connectors.liferay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Somebody told that an entry changed. No more than that: webhooks overtake each other, so the
 * entry itself is asked how it is.
 *
 * @param deleted whether it was told to be gone
 * @param modified when it changed, more exactly than the entry itself tells
 * @param origin the mark of who wrote, where the teller knows it
 * @param safe completed with true once the change is durable here, with false when it will not be
 */
record Hint(
    Recent.Where where,
    boolean deleted,
    Optional<Instant> modified,
    Optional<String> origin,
    CompletableFuture<Boolean> safe) {

  /** One that nobody waits for. */
  static Hint look(Recent.Where where) {
    return new Hint(where, false, Optional.empty(), Optional.empty(), new CompletableFuture<>());
  }

  /** Whether it became safe in time. */
  boolean isSafe(Duration wait) throws InterruptedException {
    try {
      return safe.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
