package dev.lockstep.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A work on its way through a thread of the store, with the caller who waits for it. */
final class Job<T> {
  private final Store.Work<T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable T result;
  private @Nullable Throwable failure;

  Job(Store.Work<T> work) {
    this.work = work;
  }

  /** Runs the work and remembers how it went; the caller hears of it by {@link #answer}. */
  void run(SqlTx tx) {
    try {
      result = work.run(tx);
      tx.throwIfBroken();
    } catch (Throwable e) { // An Error in one work must not stop the thread that serves all.
      failure = e;
    } finally {
      tx.end();
    }
  }

  boolean failed() {
    return failure != null;
  }

  /** What the database said, when that is what failed. */
  Optional<SQLException> sqlFault() {
    return failure instanceof StoreException fault && fault.getCause() instanceof SQLException e
        ? Optional.of(e)
        : Optional.empty();
  }

  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  void answer() {
    if (failure == null) {
      answer.complete(result);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  T await() throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  /** Work declares no checked exception, so what it threw can be thrown again as it is. */
  private static RuntimeException asThrown(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
