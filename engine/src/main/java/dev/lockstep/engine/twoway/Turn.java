package dev.lockstep.engine.twoway;

import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread at a time work on a two-way sync: both directions, and people. */
public final class Turn {
  private final ReentrantLock lock = new ReentrantLock();

  /** What is done in turn. */
  public interface Work<T> {
    T run() throws InterruptedException;
  }

  public <T> T take(Work<T> work) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}
