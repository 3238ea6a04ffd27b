package dev.lockstep.engine.run;

import java.util.Optional;

/**
 * What must be remembered of a page until its run ends.
 *
 * @param seen digests of the target keys on it, for a mirror
 * @param high the highest cursor value up to and including it, for incremental reads
 * @param unread how many of its records have no key that could be told
 */
record PageNotes(byte[] seen, Optional<HighMark> high, long unread) {
  static final PageNotes NONE = new PageNotes(new byte[0], Optional.empty(), 0);

  boolean isEmpty() {
    return seen.length == 0 && high.isEmpty() && unread == 0;
  }
}
