package dev.lockstep.engine.delivery;

/** The names of those who read a source for a sync. */
public final class Owners {
  /** Follows the source's changes. */
  public static final String EVENTS = "events";

  /** The beginning of the names of partitions of runs. */
  public static final String RUN = "run/";

  /** Sends parked changes again. */
  static final String PARKED = "parked";

  private Owners() {}

  public static String partition(long run, int number) {
    return RUN + run + "/" + number;
  }

  public static String run(long run) {
    return RUN + run + "/";
  }

  /** The name in a target's ledger, which several installations and syncs may share. */
  public static String inLedger(String installation, String sync, String owner) {
    return installation + "/" + sync + "/" + owner;
  }
}
