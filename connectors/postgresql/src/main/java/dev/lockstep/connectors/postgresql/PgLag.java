package dev.lockstep.connectors.postgresql;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Since when the server keeps what a stream has read and its reader has not acknowledged, by the
 * commits that were seen. Thread-safe.
 */
final class PgLag {
  private static final Duration APART = Duration.ofSeconds(1);
  private static final int MOST = 4096;

  private final ArrayDeque<Seen> seen = new ArrayDeque<>();

  private record Seen(long lsn, Instant committed) {}

  /** A commit was handed over whose log ends here. */
  synchronized void read(long lsn, Instant committed) {
    Seen last = seen.peekLast();
    boolean late = last == null || last.committed.plus(APART).isBefore(committed);
    if (late && seen.size() < MOST) {
      seen.add(new Seen(lsn, committed));
    }
  }

  synchronized void acknowledged(long lsn) {
    while (!seen.isEmpty() && seen.getFirst().lsn <= lsn) {
      seen.removeFirst();
    }
  }

  /** How long the oldest commit is ago that was read and not acknowledged. */
  synchronized Duration age(Instant now) {
    Seen first = seen.peekFirst();
    Duration age = first == null ? Duration.ZERO : Duration.between(first.committed, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
