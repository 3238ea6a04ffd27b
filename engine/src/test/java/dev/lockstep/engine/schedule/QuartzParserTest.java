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

class QuartzParserTest {
  private static final Instant FRIDAY = Instant.parse("2026-11-19T23:59:59.999Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0/15 * * * ?         | 2026-11-20T00:00 | 2026-11-20T00:15 | 2026-11-20T00:30",
        "*/30 59 23 31 12 ?     | 2026-12-31T23:59:00 | 2026-12-31T23:59:30 | 2027-12-31T23:59:00",
        "0 0 9 ? * 2            | 2026-11-23T09:00 | 2026-11-30T09:00 | 2026-12-07T09:00",
        "0 0 9 ? * 1            | 2026-11-22T09:00 | 2026-11-29T09:00 | 2026-12-06T09:00",
        "0 0 18 ? * 2-6         | 2026-11-20T18:00 | 2026-11-23T18:00 | 2026-11-24T18:00",
        "0 0 18 ? * mon-fri     | 2026-11-20T18:00 | 2026-11-23T18:00 | 2026-11-24T18:00",
        "0 0 0 ? * 7-1          | 2026-11-21T00:00 | 2026-11-22T00:00 | 2026-11-28T00:00",
        "0 0 0 ? * 1,7          | 2026-11-21T00:00 | 2026-11-22T00:00 | 2026-11-28T00:00",
        "0 0 0 ? * 2#1          | 2026-12-07T00:00 | 2027-01-04T00:00 | 2027-02-01T00:00",
        "0 0 0 ? * 6L           | 2026-11-27T00:00 | 2026-12-25T00:00 | 2027-01-29T00:00",
        "0 0 0 ? * L            | 2026-11-21T00:00 | 2026-11-28T00:00 | 2026-12-05T00:00",
        "0 0 0 ? * 2-6/2        | 2026-11-20T00:00 | 2026-11-23T00:00 | 2026-11-25T00:00",
        "0 0 0 LW * ?           | 2026-11-30T00:00 | 2026-12-31T00:00 | 2027-01-29T00:00",
        "0 0 12 * * *           | 2026-11-20T12:00 | 2026-11-21T12:00 | 2026-11-22T12:00",
        "0 0 0 1 1 ? 2030-2040/4 | 2030-01-01T00:00 | 2034-01-01T00:00 | 2038-01-01T00:00",
        "0 0 0 1 6 ? 2027,2029,2031 | 2027-06-01T00:00 | 2029-06-01T00:00 | 2031-06-01T00:00",
        "0 0 0 1 1 ? *          | 2027-01-01T00:00 | 2028-01-01T00:00 | 2029-01-01T00:00",
      })
  void readsWhatQuartzReads(
      String expression, LocalDateTime first, LocalDateTime second, LocalDateTime third) {
    assertThat(due(expression, 3)).containsExactly(first, second, third);
  }

  @Test
  void yearsThatArePastAreNeverDue() {
    assertThat(due("0 0 0 1 1 ? 2020", 1)).isEmpty();
    assertThat(due("0 0 0 1 1 ? 2020-2027", 3)).containsExactly(local("2027-01-01T00:00"));
  }

  @Test
  void aYearBeginsInItsZone() {
    Schedule schedule = Schedules.quartz("0 0 0 1 1 ? 2030", ZoneId.of("Asia/Tokyo"));

    assertThat(schedule.next(FRIDAY)).contains(Instant.parse("2029-12-31T15:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"              | it is empty; write six",
        "*/15 * * * *      | it has 5 fields; write six",
        "@daily            | it has 1 fields; write six",
        "0 0 0 0 0 0 0 0   | it has 8 fields; write six",
        "0 0 9 1 * 2       | it names a day of the month and one of the week; write ? for one",
        "0 0 9 ? * 0       | day of week '0' is not between 1 (SUN) and 7 (SAT)",
        "0 0 9 ? * 8       | day of week '8' is not between 1 (SUN) and 7 (SAT)",
        "0 0 9 ? * MON#6   | day of week 'MON#6' asks for number 6 in a month",
        "0 0/90 * * * ?    | minute '0/90' has the step 90, more than its range is wide. Parsable",
        "61 * * * * ?      | second '61' is not between 0 and 59",
        "0 0 25 * * ?      | hour '25' is not between 0 and 23",
        "0 0 9 1 1 ? 1969  | year '1969' is none, or none between 1970 and 2099",
        "0 0 9 1 1 ? 2030-2029 | year '2030-2029' is none",
        "0 0 9 1 1 ? soon  | year 'SOON' is none",
      })
  void refusesWithFieldFaultAndExamples(String expression, String fault) {
    assertThatThrownBy(() -> QuartzParser.parse(expression, ZoneOffset.UTC))
        .isInstanceOf(UnrecognizableSchedule.class)
        .hasMessageContaining("Unrecognized cron '" + expression + "'")
        .hasMessageContaining(fault)
        .hasMessageContaining("Parsable examples: '0 0 18 ? * MON-FRI'");
  }

  private static LocalDateTime local(String text) {
    return LocalDateTime.parse(text);
  }

  private static List<LocalDateTime> due(String expression, int count) {
    Schedule schedule = Schedules.quartz(expression, ZoneOffset.UTC);
    List<LocalDateTime> due = new ArrayList<>();
    Optional<Instant> next = schedule.next(FRIDAY);
    while (next.isPresent() && due.size() < count) {
      due.add(LocalDateTime.ofInstant(next.get(), ZoneOffset.UTC));
      next = schedule.next(next.get());
    }
    return due;
  }
}
