package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.Progress;

/** The names of those who read a source for a sync. */
public final class Owners {
  /** Follows the source's changes. */
  public static final String EVENTS = "events";

  /** The beginning of the names of partitions of runs. */
  public static final String RUN = "run/";

  /** Sends parked changes again. */
  static final String PARKED = "parked";

  private static final String SWEEP = "sweep";

  private Owners() {}

  public static String partition(long run, int number) {
    return RUN + run + "/" + number;
  }

  public static String run(long run) {
    return RUN + run + "/";
  }

  /** Deletes what a mirror's source no longer has. */
  public static String sweep(long run) {
    return run(run) + SWEEP;
  }

  /**
   * The last sequence an owner has settled: the records read for a partition, otherwise the
   * position.
   */
  static long settledUpTo(String owner, Progress at) {
    if (at.counts().captured() == 0) {
      return 0;
    }
    boolean isPartition = owner.startsWith(RUN) && !owner.endsWith(SWEEP);
    return isPartition ? at.counts().captured() : Long.parseLong(at.position());
  }

  /** The name in a target's ledger, which several installations and syncs may share. */
  public static String inLedger(String installation, String sync, String owner) {
    return installation + "/" + sync + "/" + owner;
  }
}
