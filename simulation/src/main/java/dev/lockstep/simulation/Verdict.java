package dev.lockstep.simulation;

import java.time.Duration;
import java.util.List;

/**
 * What one run came to.
 *
 * @param asPlanned whether every process came to where it was to be killed, and the last one ended
 *     well
 */
record Verdict(Tally tally, boolean asPlanned, List<Duration> recoveries) {
  Verdict {
    recoveries = List.copyOf(recoveries);
  }
}
