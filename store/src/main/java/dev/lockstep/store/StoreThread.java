package dev.lockstep.store;

/** A platform thread of the store: native calls would hold a virtual thread's carrier. */
final class StoreThread extends Thread {
  private StoreThread(Runnable task, String name) {
    super(task, name);
    setDaemon(true);
  }

  static StoreThread start(String name, Runnable task) {
    StoreThread thread = new StoreThread(task, name);
    thread.start();
    return thread;
  }

  /** A work that waits for the store waits for its own thread, forever. */
  static void refuseCallsFromWithin() {
    if (Thread.currentThread() instanceof StoreThread) {
      throw new IllegalStateException(
          "a work called the store again; use the Tx it was given, or call after it returned");
    }
  }

  void awaitEnd() {
    boolean interrupted = false;
    while (isAlive()) {
      try {
        join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
