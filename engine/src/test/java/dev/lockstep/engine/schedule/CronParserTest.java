package dev.lockstep.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 18 * * MON-FRI    | 2026-11-20T18:00 | 2026-11-23T18:00 | 2026-11-24T18:00",
        "*/20 8 * * *        | 2026-11-20T08:00 | 2026-11-20T08:20 | 2026-11-20T08:40",
        "50/5 8 * * *        | 2026-11-20T08:50 | 2026-11-20T08:55 | 2026-11-21T08:50",
        "10-30/10,45 8 * * * | 2026-11-20T08:10 | 2026-11-20T08:20 | 2026-11-20T08:30",
        "0 0 1 jan,Jul *     | 2027-01-01T00:00 | 2027-07-01T00:00 | 2028-01-01T00:00",
        "0 0 29 2 *          | 2028-02-29T00:00 | 2032-02-29T00:00 | 2036-02-29T00:00",
        "0 0 L * *           | 2026-11-30T00:00 | 2026-12-31T00:00 | 2027-01-31T00:00",
        "0 0 L-3 * ?         | 2026-11-27T00:00 | 2026-12-28T00:00 | 2027-01-28T00:00",
        "0 0 LW * ?          | 2026-11-30T00:00 | 2026-12-31T00:00 | 2027-01-29T00:00",
        "0 0 15W * *         | 2026-12-15T00:00 | 2027-01-15T00:00 | 2027-02-15T00:00",
        "0 0 1W 5,8 *        | 2027-05-03T00:00 | 2027-08-02T00:00 | 2028-05-01T00:00",
        "0 0 * * FRIL        | 2026-11-27T00:00 | 2026-12-25T00:00 | 2027-01-29T00:00",
        "0 0 ? * MON#1       | 2026-12-07T00:00 | 2027-01-04T00:00 | 2027-02-01T00:00",
        "0 0 * * 5#5         | 2027-01-29T00:00 | 2027-04-30T00:00 | 2027-07-30T00:00",
        "0 0 * * FRI-SUN     | 2026-11-20T00:00 | 2026-11-21T00:00 | 2026-11-22T00:00",
        "0 0 * * 7           | 2026-11-22T00:00 | 2026-11-29T00:00 | 2026-12-06T00:00",
        "0 0 * * 0           | 2026-11-22T00:00 | 2026-11-29T00:00 | 2026-12-06T00:00",
        "0 0 13 * FRI        | 2026-11-20T00:00 | 2026-11-27T00:00 | 2026-12-04T00:00",
        "0 0 */10 * MON      | 2026-12-21T00:00 | 2027-01-11T00:00 | 2027-02-01T00:00",
        "30 15 10 * * *      | 2026-11-20T10:15:30 | 2026-11-21T10:15:30 | 2026-11-22T10:15:30",
        "*/30 59 23 31 12 ?  | 2026-12-31T23:59:00 | 2026-12-31T23:59:30 | 2027-12-31T23:59:00",
        "@yearly             | 2027-01-01T00:00 | 2028-01-01T00:00 | 2029-01-01T00:00",
        "@monthly            | 2026-12-01T00:00 | 2027-01-01T00:00 | 2027-02-01T00:00",
        "@weekly             | 2026-11-22T00:00 | 2026-11-29T00:00 | 2026-12-06T00:00",
        "@daily              | 2026-11-20T00:00 | 2026-11-21T00:00 | 2026-11-22T00:00",
        "@hourly             | 2026-11-20T00:00 | 2026-11-20T01:00 | 2026-11-20T02:00",
      })
  void readsEveryForm(
      String expression, LocalDateTime first, LocalDateTime second, LocalDateTime third) {
    Instant justBefore = Instant.parse("2026-11-19T23:59:59.999Z");

    assertThat(due(expression, justBefore, 3)).containsExactly(first, second, third);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"            | it is empty",
        "0 18 * *        | it has 4 fields; write five",
        "0 0 0 * * * 2026 | it has 7 fields",
        "60 * * * *      | minute '60' is not between 0 and 59",
        "0 24 * * *      | hour '24' is not between 0 and 23",
        "0 0 0 * *       | day of month '0' is not between 1 and 31",
        "0 0 32 * *      | day of month '32' is not between 1 and 31",
        "0 0 1 13 *      | month '13' is not between 1 and 12 or JAN to DEC",
        "0 0 1 JANUARY * | month 'JANUARY' is not between 1 and 12 or JAN to DEC",
        "0 0 * * 8       | day of week '8' is not between 0 and 7 or SUN to SAT",
        "0 0 * * MON-XYZ | day of week 'MON-XYZ' has 'XYZ', which is not between 0 and 7",
        "0 0 * * FRI-MON | day of week 'FRI-MON' runs backwards; write the two parts as a list",
        "30-10 * * * *   | minute '30-10' runs backwards",
        "*/0 * * * *     | minute '*/0' has the step '0', which is not a positive number",
        "*/x * * * *     | minute '*/X' has the step 'X', which is not a positive number",
        "*/90 * * * *    | minute '*/90' has the step 90, more than its range is wide; for a longer distance write 'every: 90m'",
        "0 10-12/5 * * * | hour '10-12/5' has the step 5, more than its range is wide",
        "0,, * * * *     | minute '' is not between 0 and 59",
        "-5 * * * *      | minute '-5' has '', which is not between 0 and 59",
        "? * * * *       | minute '?' is not between 0 and 59",
        "0 0 L-31 * *    | day of month 'L-31' counts back 31 days; write L-1 to L-30",
        "0 0 32W * *     | day of month '32W' has '32', which is not between 1 and 31",
        "0 0 * * L       | day of week 'L' does not say which day; write FRIL",
        "0 0 * * MON#6   | day of week 'MON#6' asks for number 6 in a month; write #1 to #5",
        "0 0 * * XYZL    | day of week 'XYZL' has 'XYZ', which is not between 0 and 7",
        "99999999999 * * * * | minute '99999999999' is not between 0 and 59",
        "@reboot         | the name is unknown; write @yearly",
      })
  void refusesWithFieldFaultAndExamples(String expression, String fault) {
    assertThatThrownBy(() -> CronParser.parse(expression))
        .isInstanceOf(UnrecognizableSchedule.class)
        .hasMessageContaining("Unrecognized cron '" + expression + "'")
        .hasMessageContaining(fault)
        .hasMessageContaining("Parsable examples: '0 18 * * MON-FRI'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "*/5 * 30 FEB ?", "0 0 31W 2 *"})
  void answersNothingForDaysThatNeverCome(String expression) {
    for (String zone : List.of("UTC", "Europe/Berlin", "Africa/Casablanca")) {
      CronSchedule schedule = new CronSchedule(CronParser.parse(expression), ZoneId.of(zone));

      assertThat(schedule.next(Instant.parse("2026-11-20T00:00:00Z"))).isEmpty();
    }
  }

  @Test
  void findsADayThatComesOnceInFortyYears() {
    assertThat(due("0 0 ? 2 MON#5", Instant.parse("2072-01-01T00:00:00Z"), 2))
        .containsExactly(
            LocalDateTime.parse("2072-02-29T00:00"), LocalDateTime.parse("2112-02-29T00:00"));
  }

  @Test
  void endsAtTheLastPrintableYear() {
    Cron cron = CronParser.parse("* * * * *");

    assertThat(new CronSchedule(cron, ZoneOffset.UTC).next(Instant.MAX)).isEmpty();
  }

  private static List<LocalDateTime> due(String expression, Instant after, int count) {
    CronSchedule schedule = new CronSchedule(CronParser.parse(expression), ZoneOffset.UTC);
    List<LocalDateTime> due = new ArrayList<>();
    Instant last = after;
    while (due.size() < count) {
      Optional<Instant> next = schedule.next(last);
      if (next.isEmpty()) {
        return due;
      }
      last = next.get();
      due.add(LocalDateTime.ofInstant(last, ZoneOffset.UTC));
    }
    return due;
  }
}
