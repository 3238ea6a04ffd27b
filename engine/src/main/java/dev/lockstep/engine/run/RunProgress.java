package dev.lockstep.engine.run;

import dev.lockstep.engine.sync.Counts;

/** Is told how far a run came: after each page, from the threads that read partitions. */
public interface RunProgress {
  RunProgress SILENT = (phase, counts, outlook) -> {};

  /**
   * @param counts all of this run up to now, what an earlier process had done included
   * @param outlook how much of the reading is left; nothing in other phases
   */
  void at(Phase phase, Counts counts, Outlook outlook);

  /** What a run is doing. */
  enum Phase {
    READING,
    /** Looking in a mirror's target for what the source no longer has. */
    COMPARING,
    DELETING
  }
}
