package dev.lockstep.hub.batch;

import java.util.concurrent.atomic.LongAdder;

/** Items since this process began: they only grow, whatever tasks are forgotten. Thread-safe. */
public final class ItemCounts {
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Counts items that did what was asked of them, and items that failed. */
  public void add(long moreDone, long moreFailed) {
    done.add(moreDone);
    failed.add(moreFailed);
  }

  public long done() {
    return done.sum();
  }

  public long failed() {
    return failed.sum();
  }
}
