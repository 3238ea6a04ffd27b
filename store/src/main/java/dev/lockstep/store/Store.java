package dev.lockstep.store;

/**
 * Durable state. Thread-safe; blocking calls are made from virtual threads, the database from
 * platform threads of the store's own.
 */
public interface Store extends AutoCloseable {

  /**
   * Runs work in the writer's transaction and returns when it is durable (written and synced).
   * Works of several callers share one commit; one that throws is undone alone (a savepoint), and
   * its exception is thrown here. Work must be short, must not block, and must not call the store
   * again. Throws {@link StoreException} when the disk is full or the file is damaged: nothing of
   * the work is kept.
   *
   * <p>An interrupt while waiting does not undo the work; the caller then does not know its
   * outcome.
   */
  <T> T write(Work<T> work) throws InterruptedException;

  /** Runs queries against one consistent snapshot of what is durable. */
  <T> T read(Work<T> work) throws InterruptedException;

  /** The database behind it. */
  Product product();

  /** Waits for running work, then closes; later calls throw {@link StoreException}. */
  @Override
  void close();

  /** What to do in a transaction. */
  interface Work<T> {
    T run(Tx tx);
  }
}
