package dev.lockstep.engine.limit;

import java.util.BitSet;

/** The outcomes of the latest calls. Not thread-safe. */
final class RecentCalls {
  private final BitSet failed;
  private final int window;
  private int next;
  private int known;

  RecentCalls(int window) {
    this.failed = new BitSet(window);
    this.window = window;
  }

  void add(boolean failure) {
    failed.set(next, failure);
    next = (next + 1) % window;
    known = Math.min(window, known + 1);
  }

  /** Whether the window is full and so great a part of it failed. */
  boolean failedAtLeast(int percent) {
    return known == window && failed.cardinality() * 100L >= (long) percent * window;
  }

  void clear() {
    failed.clear();
    known = 0;
    next = 0;
  }
}
