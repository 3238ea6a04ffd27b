package dev.lockstep.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.schedule.ScheduleSpec.Missed;
import dev.lockstep.engine.schedule.ScheduleSpec.Overlap;
import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PickDueTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final When HOURLY = new When.Cron("0 * * * *", ZoneOffset.UTC);
  private static final When EVERY_TEN_MINUTES = new When.Every(Duration.ofMinutes(10));

  private final RandomGenerator random = new Random(1);

  @Test
  void firesEachTimeOnce() {
    PickDue pick = start(ScheduleSpec.of(HOURLY), Optional.empty(), NOON);

    assertThat(pick.at(NOON, false)).isEqualTo(new Due.Wait(Optional.of(at(60))));
    assertThat(pick.at(at(60), false)).isEqualTo(new Due.Fire(at(60), at(60)));
    assertThat(pick.at(at(60), false)).isEqualTo(new Due.Wait(Optional.of(at(120))));
    assertThat(pick.at(at(121), false)).isEqualTo(new Due.Fire(at(120), at(121)));
    assertThat(pick.handled()).isEqualTo(at(121));
  }

  @Test
  void firesANewIntervalAtOnceAndThenFromTheStartOfTheRunBefore() {
    PickDue pick = start(ScheduleSpec.of(EVERY_TEN_MINUTES), Optional.empty(), NOON);

    assertThat(pick.at(NOON, false)).isEqualTo(new Due.Fire(NOON, NOON));
    assertThat(pick.at(at(9), false)).isEqualTo(new Due.Wait(Optional.of(at(10))));
    assertThat(pick.at(at(13), false)).isEqualTo(new Due.Fire(at(10), at(13)));
    assertThat(pick.next()).contains(at(23));
  }

  @Test
  void makesUpForAnyDowntimeWithExactlyOneRun() {
    PickDue pick =
        start(spec(HOURLY, Overlap.SKIP, Missed.RUN_ONCE), Optional.of(NOON), at(60 * 24 * 365));

    assertThat(pick.at(at(60 * 24 * 365), false))
        .isEqualTo(new Due.Fire(at(60), at(60 * 24 * 365)));
    assertThat(pick.at(at(60 * 24 * 365), false)).isInstanceOf(Due.Wait.class);
  }

  @Test
  void leavesMissedTimesOutWhenToldTo() {
    PickDue pick = start(spec(HOURLY, Overlap.SKIP, Missed.SKIP), Optional.of(NOON), at(150));

    assertThat(pick.at(at(150), false)).isEqualTo(new Due.Wait(Optional.of(at(180))));
    assertThat(pick.at(at(180), false)).isEqualTo(new Due.Fire(at(180), at(180)));
  }

  @Test
  void keepsAnIntervalsBeatWhenMissedTimesAreLeftOut() {
    PickDue pick =
        start(spec(EVERY_TEN_MINUTES, Overlap.SKIP, Missed.SKIP), Optional.of(NOON), at(37));

    assertThat(pick.next()).contains(at(40));
  }

  @Test
  void remembersATimeThatPassedWhileItWasDownBeforeItsFirstRun() {
    Instant persisted = start(ScheduleSpec.of(HOURLY), Optional.empty(), at(30)).handled();

    PickDue pick = start(ScheduleSpec.of(HOURLY), Optional.of(persisted), at(75));

    assertThat(pick.at(at(75), false)).isEqualTo(new Due.Fire(at(60), at(75)));
  }

  @Test
  void leavesOutATimeThatMeetsARunningRun() {
    PickDue pick = start(spec(HOURLY, Overlap.SKIP, Missed.RUN_ONCE), Optional.of(NOON), NOON);

    assertThat(pick.at(at(60), true)).isEqualTo(new Due.LeftOut(at(60), at(60)));
    assertThat(pick.at(at(61), false)).isEqualTo(new Due.Wait(Optional.of(at(120))));
  }

  @Test
  void queuesSeveralTimesAsOne() {
    PickDue pick = start(spec(HOURLY, Overlap.QUEUE, Missed.RUN_ONCE), Optional.of(NOON), NOON);

    assertThat(pick.at(at(60), true)).isEqualTo(new Due.Queued(at(60)));
    assertThat(pick.at(at(200), true)).isEqualTo(new Due.Queued(at(60)));
    assertThat(pick.at(at(201), false)).isEqualTo(new Due.Fire(at(60), at(201)));
    assertThat(pick.at(at(201), false)).isEqualTo(new Due.Wait(Optional.of(at(240))));
  }

  @Test
  void bringsNoTimeTwiceWhenTheClockGoesBack() {
    PickDue pick = start(ScheduleSpec.of(HOURLY), Optional.of(NOON), NOON);
    assertThat(pick.at(at(60), false)).isInstanceOf(Due.Fire.class);

    assertThat(pick.at(at(-600), false)).isInstanceOf(Due.Wait.class);
    assertThat(pick.at(at(60), false)).isInstanceOf(Due.Wait.class);
    assertThat(
            start(ScheduleSpec.of(HOURLY), Optional.of(pick.handled()), at(-600)).at(at(61), false))
        .isEqualTo(new Due.Wait(Optional.of(at(120))));
  }

  @Test
  void waitsNoLongerThanAnIntervalAfterTheClockWasPutBackFar() {
    PickDue pick = start(ScheduleSpec.of(EVERY_TEN_MINUTES), Optional.of(at(60 * 24 * 3650)), NOON);

    assertThat(pick.at(NOON, false)).isEqualTo(new Due.Wait(Optional.of(at(10))));
    assertThat(pick.at(at(10), false)).isEqualTo(new Due.Fire(at(10), at(10)));
  }

  @Test
  void putsEachTimeOffByUpToTheJitter() {
    ScheduleSpec spec =
        new ScheduleSpec(HOURLY, Duration.ofMinutes(5), Overlap.SKIP, Missed.RUN_ONCE);
    PickDue pick = start(spec, Optional.of(NOON), NOON);
    long distinct = 0;
    Instant before = NOON;
    for (int hour = 1; hour <= 50; hour++) {
      Instant moment = pick.next().orElseThrow();
      assertThat(moment).isBetween(at(60L * hour), at(60L * hour + 5));
      assertThat(pick.at(moment.minusMillis(1), false)).isInstanceOf(Due.Wait.class);
      assertThat(pick.at(moment, false)).isEqualTo(new Due.Fire(at(60L * hour), moment));
      distinct += Duration.between(before, moment).equals(Duration.ofHours(1)) ? 0 : 1;
      before = moment;
    }
    assertThat(distinct).isGreaterThan(40);
  }

  @Test
  void doesNotCallATimeMissedWhileItsJitterRuns() {
    ScheduleSpec spec = new ScheduleSpec(HOURLY, Duration.ofMinutes(30), Overlap.SKIP, Missed.SKIP);
    for (int i = 0; i < 50; i++) {
      PickDue pick = start(spec, Optional.of(NOON), at(61));
      Instant next = pick.next().orElseThrow();

      assertThat(next.isBefore(at(91)) || !next.isBefore(at(120))).isTrue();
      assertThat(next).isAfterOrEqualTo(at(61));
    }
  }

  @Test
  void waitsForEverWhenNothingWillEverBeDue() {
    When never = new When.Cron("0 0 30 2 *", ZoneOffset.UTC);

    assertThat(start(ScheduleSpec.of(never), Optional.empty(), NOON).at(NOON, false))
        .isEqualTo(new Due.Wait(Optional.empty()));
  }

  private PickDue start(ScheduleSpec spec, Optional<Instant> handled, Instant now) {
    return PickDue.start(spec, handled, now, random);
  }

  private static ScheduleSpec spec(When when, Overlap overlap, Missed missed) {
    return new ScheduleSpec(when, Duration.ZERO, overlap, missed);
  }

  private static Instant at(long minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }
}
