package dev.lockstep.hub.batch;

import java.time.Duration;

/**
 * Bounds of tasks. Others wait for the store while a group of items is written, so a group is
 * small.
 *
 * @param mostBytes longer contents are not taken
 * @param atOnce how many tasks are carried out at the same time
 * @param itemsAtOnce how many items are written in one transaction
 * @param retention how long a task that did all it was asked to is kept
 */
public record BatchSettings(long mostBytes, int atOnce, int itemsAtOnce, Duration retention) {
  public static final BatchSettings DEFAULT =
      new BatchSettings(4L << 30, 4, 400, Duration.ofDays(14));
}
