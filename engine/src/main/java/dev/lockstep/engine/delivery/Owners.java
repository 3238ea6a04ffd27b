package dev.lockstep.engine.delivery;

import dev.lockstep.engine.sync.Progress;
import java.util.OptionalLong;

/** The names of those who read a source for a sync. */
public final class Owners {
  /** Follows the source's changes through the journal. */
  public static final String EVENTS = "events";

  /** Follows the source's changes without one, together with other syncs. */
  public static final String DIRECT = "direct";

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

  static boolean isSweep(String owner) {
    return owner.endsWith(SWEEP);
  }

  /** The run that an owner belongs to, empty for one that belongs to none. */
  static OptionalLong runOf(String owner) {
    return owner.startsWith(RUN)
        ? OptionalLong.of(
            Long.parseLong(owner.substring(RUN.length(), owner.indexOf('/', RUN.length()))))
        : OptionalLong.empty();
  }

  /**
   * The last sequence an owner has settled: how much it has read where it counts for itself,
   * otherwise its position in the journal.
   */
  static long settledUpTo(String owner, Progress at) {
    if (at.counts().captured() == 0) {
      return 0;
    }
    boolean counts = (owner.startsWith(RUN) && !isSweep(owner)) || owner.equals(DIRECT);
    return counts ? at.counts().captured() : Long.parseLong(at.position());
  }

  /** The name in a target's ledger, which several installations and syncs may share. */
  public static String inLedger(String installation, String sync, String owner) {
    return installation + "/" + sync + "/" + owner;
  }
}
