package dev.lockstep.store;

/**
 * What a store has done since it was opened.
 *
 * @param writes works asked for and answered, failed ones included
 * @param failed works undone because they threw, or because the store could not keep them
 * @param commits transactions that ended durable; fewer than {@code writes} when works shared one
 * @param waiting writes in the queue at this moment
 */
public record StoreMetrics(long writes, long failed, long commits, int waiting) {}
