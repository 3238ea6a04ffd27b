package dev.lockstep.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One state of one record: revisions of a record only grow. */
record Revision(String id, long number) {

  /** Whether a state again, or an older one, follows a state of the same record. */
  enum Repeats {
    /** The target is called at least once for each change, so it may be given a state again. */
    ALLOWED,
    /** Each state has its effect exactly once. */
    DUPLICATES
  }

  static void checkOrder(List<Revision> written, String place, Repeats repeats, Tally tally) {
    tally.compared(written.size());
    Map<String, Long> last = new HashMap<>();
    for (Revision revision : written) {
      Long before = last.put(revision.id(), revision.number());
      if (before == null) {
        continue;
      }
      if (revision.number() < before) {
        tally.disorder(place + " " + revision.id() + " went from " + before + " to " + revision);
      } else if (revision.number() == before && repeats == Repeats.DUPLICATES) {
        tally.duplicate(place + " " + revision + " was written again");
      }
    }
  }
}
