package dev.lockstep.connector;

import java.util.OptionalInt;

/**
 * What a system can take, as its connector knows it; the user's own limits narrow it further, and
 * the engine keeps both. One call of a {@link Cursor}'s {@code next}, of {@link Writer#write} and
 * of {@link Lookup#find} each counts as one call. A connector that would need several calls for a
 * batch declares {@code batchRows} 1.
 *
 * @param concurrentCalls the most calls in flight at once
 * @param batchRows the most mutations in one write, or keys in one lookup
 */
public record Limits(OptionalInt concurrentCalls, OptionalInt callsPerSecond, int batchRows) {
  public Limits {
    if (batchRows < 1) {
      throw new IllegalArgumentException("batchRows " + batchRows);
    }
  }

  public static Limits batches(int rows) {
    return new Limits(OptionalInt.empty(), OptionalInt.empty(), rows);
  }
}
