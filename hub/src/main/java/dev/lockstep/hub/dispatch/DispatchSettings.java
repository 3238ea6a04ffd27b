package dev.lockstep.hub.dispatch;

import java.time.Duration;

/**
 * Bounds of triggers.
 *
 * @param atOnce how many runs are looked after at the same time; more wait
 * @param overlapping how many runs of one trigger may be under way where they may overlap
 * @param retention how long a run is kept in the log
 * @param mostKept how many runs of one trigger are kept
 */
public record DispatchSettings(int atOnce, int overlapping, Duration retention, int mostKept) {
  public static final DispatchSettings DEFAULT =
      new DispatchSettings(20, 10, Duration.ofDays(30), 1_000);
}
