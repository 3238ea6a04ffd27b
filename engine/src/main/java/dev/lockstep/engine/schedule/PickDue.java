package dev.lockstep.engine.schedule;

import dev.lockstep.engine.schedule.ScheduleSpec.Missed;
import dev.lockstep.engine.schedule.ScheduleSpec.Overlap;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides when one sync's runs start. It has no thread and no clock: its owner asks {@link #at}
 * with the present moment, and again at the moment the answer names or when a run ends.
 *
 * <p>Its whole state is {@link #handled}: every due time up to and including that moment has been
 * answered, by a run or by leaving it out. The owner persists it after {@link #start} and after
 * each {@link Due.Fire} and {@link Due.LeftOut}, before the run starts; a run that is killed is
 * resumed by its checkpoints, never by being due again. Because the state only moves on, a clock
 * that is put back brings no time a second time, and any number of times that passed unseen cost
 * one step and bring one run. Not thread-safe.
 */
public final class PickDue {
  private final ScheduleSpec spec;
  private final Schedule schedule;
  private final RandomGenerator random;
  private Instant handled;
  private Optional<Upcoming> upcoming;

  private PickDue(ScheduleSpec spec, Instant handled, RandomGenerator random) {
    this.spec = spec;
    this.schedule = Schedules.of(spec.when());
    this.random = random;
    this.handled = handled;
    this.upcoming = after(handled);
  }

  /**
   * Takes a schedule up, for the first time or after a restart.
   *
   * @param handled what {@link #handled} was when it was last persisted; empty for a new schedule:
   *     an interval is then due at once, a time of day waits for its time
   * @throws UnrecognizableSchedule when the schedule cannot be read
   */
  public static PickDue start(
      ScheduleSpec spec, Optional<Instant> handled, Instant now, RandomGenerator random) {
    PickDue pick = new PickDue(spec, handled.orElseGet(() -> beginning(spec.when(), now)), random);
    if (spec.missed() == Missed.SKIP && handled.isPresent()) {
      pick.skipMissed(now);
    }
    return pick;
  }

  /**
   * What to do now. A fire or a left-out time is told once; a queued one again and again until it
   * can fire.
   *
   * @param running whether a run of this sync is still going, whoever started it
   */
  public Due at(Instant now, boolean running) {
    stepBack(now);
    if (upcoming.isEmpty() || upcoming.get().moment().isAfter(now)) {
      return new Due.Wait(next());
    }
    Instant due = upcoming.get().due();
    if (running && spec.overlap() == Overlap.QUEUE) {
      return new Due.Queued(due);
    }
    moveTo(now);
    return running ? new Due.LeftOut(due, now) : new Due.Fire(due, now);
  }

  /** The moment of the next fire, jitter included; empty when there is none any more. */
  public Optional<Instant> next() {
    return upcoming.map(Upcoming::moment);
  }

  /** Every due time up to and including this moment has been answered. To be persisted. */
  public Instant handled() {
    return handled;
  }

  private static Instant beginning(When when, Instant now) {
    return switch (when) {
      case When.Every every -> now.minus(every.interval());
      case When.Cron cron -> now;
      case When.BusinessDays days -> now;
    };
  }

  /** A time whose jitter has not run out is not missed yet, only late. */
  private void skipMissed(Instant now) {
    if (upcoming.isPresent() && upcoming.get().moment().isBefore(now)) {
      moveTo(schedule instanceof EverySchedule every ? every.lastUpTo(handled, now) : now);
    }
  }

  /**
   * An interval is a distance from the run before, so a clock put back far shortens the wait to one
   * interval; times of day that were handled stay handled.
   */
  private void stepBack(Instant now) {
    if (schedule instanceof EverySchedule && now.isBefore(handled)) {
      moveTo(now);
    }
  }

  private void moveTo(Instant moment) {
    handled = moment;
    upcoming = after(moment);
  }

  private Optional<Upcoming> after(Instant moment) {
    return schedule.next(moment).map(due -> new Upcoming(due, due.plus(jitter())));
  }

  private Duration jitter() {
    long millis = spec.jitter().toMillis();
    return millis == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(millis + 1));
  }

  /** A due time and the moment it is put off to. */
  private record Upcoming(Instant due, Instant moment) {}
}
