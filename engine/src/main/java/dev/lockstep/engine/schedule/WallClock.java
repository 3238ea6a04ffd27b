package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/** What a local time means in a zone whose clocks are put forward and back. */
record WallClock(ZoneId zone) {

  /**
   * The one moment that stands for a local time: in a skipped stretch the first moment after it, in
   * a doubled stretch the first of both. Never decreases as the local time grows.
   */
  Instant momentOf(LocalDateTime local) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    if (transition == null) {
      return local.toInstant(zone.getRules().getOffset(local));
    }
    return transition.isGap()
        ? transition.getInstant()
        : local.toInstant(transition.getOffsetBefore());
  }

  LocalDateTime at(Instant moment) {
    return LocalDateTime.ofInstant(moment, zone);
  }

  /** The first change of the clocks after a moment, or null when there is none any more. */
  @Nullable ZoneOffsetTransition changeAfter(Instant moment) {
    return zone.getRules().nextTransition(moment);
  }
}
