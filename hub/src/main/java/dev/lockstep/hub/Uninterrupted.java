package dev.lockstep.hub;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Calls whose outcome must be known, whoever interrupts the caller; the interrupt stays noted. */
final class Uninterrupted {
  private Uninterrupted() {}

  static <T> T call(HubAccess.Call<T> call) {
    FutureTask<T> task = new FutureTask<>(call::run);
    // Of its own thread, so that an interrupt of the caller does not reach the wait within.
    Thread.ofVirtual().start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException again) {
          interrupted = true;
        } catch (ExecutionException failed) {
          throw failed.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
