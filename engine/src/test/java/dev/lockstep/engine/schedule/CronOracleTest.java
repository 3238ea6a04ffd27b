package dev.lockstep.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random crons around real changes of the clocks, against looking at every second. */
class CronOracleTest {
  private static final int CRONS = 100;

  @ParameterizedTest(name = "{0} around {1}, seed {2}")
  @CsvSource({
    "Europe/Berlin, 2026-03-29T01:00:00Z, 1",
    "Europe/Berlin, 2026-10-25T01:00:00Z, 2",
    "America/New_York, 2026-03-08T07:00:00Z, 3",
    "America/New_York, 2026-11-01T06:00:00Z, 4",
    "Australia/Lord_Howe, 2026-10-03T15:30:00Z, 5",
    "Australia/Lord_Howe, 2026-04-04T15:00:00Z, 6",
    "America/Bahia_Banderas, 2010-04-04T09:00:00Z, 7",
    "America/Havana, 2026-03-08T05:00:00Z, 8",
    "Pacific/Apia, 2011-12-30T10:00:00Z, 9",
    "Africa/Casablanca, 2026-02-15T02:00:00Z, 10",
    "Africa/Casablanca, 2026-03-22T02:00:00Z, 11",
    "America/Havana, 2026-11-01T05:00:00Z, 12",
    "Africa/Cairo, 2026-10-29T21:00:00Z, 13",
  })
  void agreesWithLookingAtEverySecond(ZoneId zone, Instant change, long seed) {
    assertThat(zone.getRules().nextTransition(change.minusSeconds(1)).getInstant())
        .isEqualTo(change);
    Random random = new Random(seed);
    for (int i = 0; i < CRONS; i++) {
      NaiveCron naive = NaiveCron.random(random);
      Instant from =
          change.minusSeconds(random.nextInt(6 * 3600)).minusMillis(random.nextInt(1000));
      Instant until = change.plus(Duration.ofHours(6));

      assertThat(due(naive.expression(), zone, from, until))
          .as("'%s' after %s", naive.expression(), from)
          .isEqualTo(naive.due(zone, from, until));
    }
  }

  private static List<Instant> due(String cron, ZoneId zone, Instant from, Instant until) {
    Schedule schedule = Schedules.of(new When.Cron(cron, zone));
    List<Instant> due = new ArrayList<>();
    for (Instant next = schedule.next(from).orElse(Instant.MAX);
        !next.isAfter(until);
        next = schedule.next(next).orElse(Instant.MAX)) {
      due.add(next);
    }
    return due;
  }
}
