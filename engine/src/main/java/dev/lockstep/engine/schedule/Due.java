package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/** What to do now about one schedule. */
public sealed interface Due {

  /**
   * Start a run.
   *
   * @param due the time the schedule named, before jitter; the first of several that became one
   * @param at the moment it was found due, which is the one to persist as handled
   */
  record Fire(Instant due, Instant at) implements Due {}

  /**
   * A run was due and is left out, because the one before is still going. Persist {@code at} as
   * handled.
   */
  record LeftOut(Instant due, Instant at) implements Due {}

  /** A run is due and starts as soon as the one before ends: ask again then. */
  record Queued(Instant due) implements Due {}

  /** Nothing is due before a moment, jitter included; empty when nothing will ever be. */
  record Wait(Optional<Instant> until) implements Due {}
}
