package dev.lockstep.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.schedule.ScheduleSpec.When;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Due times over changes of the clocks that really happened. */
class DaylightSavingTest {

  @ParameterizedTest(name = "{0} in {1}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Berlin, 29 March 2026: 02:00 becomes 03:00.
        "30 2 * * *     | Europe/Berlin | 2026-03-28T12:00 | 2026-03-30T12:00 | 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00 | a skipped time runs once after the gap",
        "0,30 2 * * *   | Europe/Berlin | 2026-03-28T12:00 | 2026-03-29T12:00 | 2026-03-29T03:00+02:00 | all skipped times become one",
        "0 2,3 * * *    | Europe/Berlin | 2026-03-28T12:00 | 2026-03-29T12:00 | 2026-03-29T03:00+02:00 | a skipped time and the gap's end become one",
        "*/30 * * * *   | Europe/Berlin | 2026-03-29T01:00 | 2026-03-29T04:00 | 2026-03-29T01:30+01:00 2026-03-29T03:00+02:00 2026-03-29T03:30+02:00 2026-03-29T04:00+02:00 | repetition keeps its distance",
        "15/30 * * * *  | Europe/Berlin | 2026-03-29T01:30 | 2026-03-29T04:00 | 2026-03-29T01:45+01:00 2026-03-29T03:15+02:00 2026-03-29T03:45+02:00 | repetition is not due at the gap's end",
        // Berlin, 25 October 2026: 03:00 becomes 02:00.
        "30 2 * * *     | Europe/Berlin | 2026-10-24T12:00 | 2026-10-26T12:00 | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00 | a doubled time runs the first time only",
        "0 2,3 * * *    | Europe/Berlin | 2026-10-24T12:00 | 2026-10-25T12:00 | 2026-10-25T02:00+02:00 2026-10-25T03:00+01:00 | the end of a doubled hour is itself not doubled",
        "*/30 * * * *   | Europe/Berlin | 2026-10-25T01:30 | 2026-10-25T03:00 | 2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-25T02:00+01:00 2026-10-25T02:30+01:00 2026-10-25T03:00+01:00 | repetition runs in both hours",
        // New York, 8 March and 1 November 2026.
        "30 2 * * *     | America/New_York | 2026-03-07T12:00 | 2026-03-08T12:00 | 2026-03-08T03:00-04:00 | a skipped time",
        "30 1 * * *     | America/New_York | 2026-10-31T12:00 | 2026-11-01T12:00 | 2026-11-01T01:30-04:00 | a doubled time",
        "0 */1 * * *    | America/New_York | 2026-11-01T00:00 | 2026-11-01T02:00 | 2026-11-01T01:00-04:00 2026-11-01T01:00-05:00 2026-11-01T02:00-05:00 | every hour, both times",
        // Lord Howe moves by half an hour: 4 October 2026, 02:00 becomes 02:30; 5 April 2026, 02:00
        // becomes 01:30.
        "15 2 * * *     | Australia/Lord_Howe | 2026-10-03T12:00 | 2026-10-04T12:00 | 2026-10-04T02:30+11:00 | half an hour skipped",
        "45 1 * * *     | Australia/Lord_Howe | 2026-04-04T12:00 | 2026-04-05T12:00 | 2026-04-05T01:45+11:00 | half an hour doubled",
        "*/15 * * * *   | Australia/Lord_Howe | 2026-04-05T01:30 | 2026-04-05T02:00 | 2026-04-05T01:45+11:00 2026-04-05T01:30+10:30 2026-04-05T01:45+10:30 2026-04-05T02:00+10:30 | repetition through a doubled half hour",
        // Bahia de Banderas changed zone and clocks at once: 4 April 2010, 02:00-07:00 became
        // 04:00-05:00.
        "30 3 * * *     | America/Bahia_Banderas | 2010-04-03T12:00 | 2010-04-04T12:00 | 2010-04-04T04:00-05:00 | two hours skipped at once",
        // Havana puts its clocks forward at midnight: 8 March 2026, 00:00 becomes 01:00.
        "0 0 * * *      | America/Havana | 2026-03-07T12:00 | 2026-03-09T00:00 | 2026-03-08T01:00-04:00 2026-03-09T00:00-04:00 | a gap at midnight",
        // Apia left out 30 December 2011 to change sides of the date line.
        "0 18 * * *     | Pacific/Apia | 2011-12-29T12:00 | 2011-12-31T20:00 | 2011-12-29T18:00-10:00 2011-12-31T00:00+14:00 2011-12-31T18:00+14:00 | a day skipped whole",
        "0 */6 * * *    | Pacific/Apia | 2011-12-29T12:00 | 2011-12-31T06:00 | 2011-12-29T18:00-10:00 2011-12-31T00:00+14:00 2011-12-31T06:00+14:00 | repetition over the date line",
        // Casablanca leaves its summer time for Ramadan: 15 February 2026, 03:00 becomes 02:00; 22
        // March, 02:00 becomes 03:00.
        "30 2 * * *     | Africa/Casablanca | 2026-02-14T12:00 | 2026-02-15T12:00 | 2026-02-15T02:30+01:00 | a doubled time before Ramadan",
        "30 2 * * *     | Africa/Casablanca | 2026-03-21T12:00 | 2026-03-22T12:00 | 2026-03-22T03:00+01:00 | a skipped time after Ramadan",
      })
  void followsTheRule(
      String cron, String zone, String from, String until, String expected, String rule) {
    assertThat(due(cron, ZoneId.of(zone), from, until)).as(rule).isEqualTo(expected);
  }

  private static String due(String cron, ZoneId zone, String from, String until) {
    Schedule schedule = Schedules.of(new When.Cron(cron, zone));
    Instant end = at(until, zone);
    List<String> due = new ArrayList<>();
    for (Instant next = schedule.next(at(from, zone)).orElseThrow();
        !next.isAfter(end);
        next = schedule.next(next).orElseThrow()) {
      due.add(next.atZone(zone).toOffsetDateTime().toString());
    }
    return String.join(" ", due);
  }

  private static Instant at(String local, ZoneId zone) {
    return ZonedDateTime.of(LocalDateTime.parse(local), zone).toInstant();
  }
}
