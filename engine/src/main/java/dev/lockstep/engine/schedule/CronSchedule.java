package dev.lockstep.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cron read in a zone whose clocks change. There are two kinds, told apart as crontab does:
 *
 * <ul>
 *   <li>Times of day ({@code 30 2 * * *}) are each meant once: one that the clocks skip is due at
 *       the first moment after the gap, together with all others that fell into it; one that they
 *       double is due the first time only.
 *   <li>Repetition (a star or a step in minute or hour) goes by the clock on the wall at every
 *       moment: skipped times do not happen, doubled ones happen twice, so the distance stays the
 *       same.
 * </ul>
 */
final class CronSchedule implements Schedule {
  private final Cron cron;
  private final WallClock clock;

  CronSchedule(Cron cron, ZoneId zone) {
    this.cron = cron;
    this.clock = new WallClock(zone);
  }

  @Override
  public Optional<Instant> next(Instant after) {
    if (Horizon.ended(after)) {
      return Optional.empty();
    }
    return Optional.ofNullable(cron.repeats() ? nextRepetition(after) : nextTimeOfDay(after));
  }

  private @Nullable Instant nextTimeOfDay(Instant after) {
    LocalDateTime from = Cron.secondAfter(clock.at(after));
    LocalDateTime end = from.plusYears(Horizon.YEARS);
    for (LocalDateTime due = cron.firstFrom(from, end);
        due != null;
        due = cron.firstFrom(Cron.secondAfter(due), end)) {
      Instant moment = clock.momentOf(due);
      if (moment.isAfter(after)) {
        return moment;
      }
      due = endOfDoubled(due);
    }
    return null;
  }

  /**
   * Steps over the rest of a doubled stretch: its first round is over, or the moment would be
   * later.
   */
  private LocalDateTime endOfDoubled(LocalDateTime due) {
    ZoneOffsetTransition doubled = clock.zone().getRules().getTransition(due);
    return doubled == null || doubled.isGap() ? due : doubled.getDateTimeBefore().minusSeconds(1);
  }

  private @Nullable Instant nextRepetition(Instant after) {
    LocalDateTime end = clock.at(after).plusYears(Horizon.YEARS);
    ZoneOffset offset = clock.zone().getRules().getOffset(after);
    LocalDateTime from = Cron.secondAfter(LocalDateTime.ofInstant(after, offset));
    Instant seen = after;
    while (from.isBefore(end)) {
      ZoneOffsetTransition change = clock.changeAfter(seen);
      LocalDateTime due = cron.firstFrom(from, change == null ? end : change.getDateTimeBefore());
      if (due != null) {
        return due.toInstant(offset);
      }
      if (change == null) {
        return null;
      }
      seen = change.getInstant();
      offset = change.getOffsetAfter();
      from = change.getDateTimeAfter();
    }
    return null;
  }
}
