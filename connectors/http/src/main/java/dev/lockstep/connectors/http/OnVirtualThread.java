package dev.lockstep.connectors.http;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs a call on a virtual thread: only there does an interrupt end a wait for a socket. A caller
 * that is on one already runs it itself.
 */
final class OnVirtualThread {
  private OnVirtualThread() {}

  /** A call that blocks. */
  interface Call<T> {
    T run() throws InterruptedException;
  }

  static <T> T run(Call<T> call) throws InterruptedException {
    Exchange.throwIfInterrupted();
    return Thread.currentThread().isVirtual() ? call.run() : runAside(call);
  }

  private static <T> T runAside(Call<T> call) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(call::run);
    Thread thread = Thread.ofVirtual().name("http-call").start(task);
    try {
      return task.get();
    } catch (InterruptedException cancelled) {
      thread.interrupt();
      throw cancelled;
    } catch (ExecutionException thrown) {
      switch (thrown.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(thrown);
      }
    }
  }
}
