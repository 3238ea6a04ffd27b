package dev.lockstep.connector;

import java.util.Optional;

/**
 * A blocking iterator, owned by one thread at a time; interrupting that thread cancels the read.
 * The engine counts every {@link #next} as one call against the system's limits.
 */
public interface Cursor<T> extends AutoCloseable {

  /** Blocks for the next page; empty at the end, and empty again after that. */
  Optional<T> next() throws InterruptedException;

  @Override
  void close();
}
