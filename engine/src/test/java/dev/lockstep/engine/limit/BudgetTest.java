package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.limit.Allowance.Per;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Allowance DAILY = new Allowance(1000, new Per.Day(ZoneOffset.UTC));

  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("lockstep.db"), List.of(BudgetTables.MIGRATION));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void restart() {
    close();
    open();
  }

  @Test
  void grantsAllThatIsAllowedAndNoMore() throws InterruptedException {
    Budget budget = budget(DAILY, NOON);

    assertThat(takeAll(budget, NOON)).isEqualTo(1000);
    assertThat(budget.used(NOON)).isEqualTo(1000);
    assertThat(budget.renewsAt(NOON)).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
  }

  @Test
  void neverGrantsMoreOverCrashesAndLosesAtMostABlockInEach() throws InterruptedException {
    long made = 0;
    for (int crash = 0; crash < 5; crash++) {
      Budget budget = budget(DAILY, NOON);
      for (int call = 0; call < 55; call++) {
        made += budget.take(NOON, 0) ? 1 : 0;
      }
      restart();
    }
    made += takeAll(budget(DAILY, NOON), NOON);

    assertThat(made).isBetween(1000L - 5 * 10, 1000L);
  }

  @Test
  void losesNothingWhenItEndsInOrder() throws InterruptedException {
    Budget budget = budget(DAILY, NOON);
    budget.take(NOON, 0);
    budget.giveBack();
    restart();

    Budget next = budget(DAILY, NOON);
    assertThat(next.used(NOON)).isEqualTo(1);
    assertThat(takeAll(next, NOON)).isEqualTo(999);
  }

  @Test
  void renewsAtMidnightInItsZone() throws InterruptedException {
    ZoneId auckland = ZoneId.of("Pacific/Auckland");
    Instant lastSecond = Instant.parse("2026-11-20T10:59:59Z");
    Budget budget = budget(new Allowance(50, new Per.Day(auckland)), lastSecond);

    assertThat(takeAll(budget, lastSecond)).isEqualTo(50);
    assertThat(budget.renewsAt(lastSecond)).isEqualTo(lastSecond.plusSeconds(1));
    assertThat(budget.used(lastSecond.plusSeconds(1))).isZero();
    assertThat(takeAll(budget, lastSecond.plusSeconds(1))).isEqualTo(50);
  }

  @Test
  void aDayMayHave23Or25Hours() {
    Per.Day berlin = new Per.Day(ZoneId.of("Europe/Berlin"));

    assertThat(length(berlin, Instant.parse("2026-03-29T12:00:00Z")))
        .isEqualTo(Duration.ofHours(23));
    assertThat(length(berlin, Instant.parse("2026-10-25T12:00:00Z")))
        .isEqualTo(Duration.ofHours(25));
  }

  @Test
  void noHourSeesMoreThanAnHoursCallsOverCrashes() throws InterruptedException {
    Allowance hourly = new Allowance(30, new Per.Rolling(Duration.ofHours(1)));
    Random random = new Random(7);
    List<Instant> made = new ArrayList<>();
    Budget budget = budget(hourly, NOON);
    for (int minute = 0; minute < 600; minute++) {
      Instant now = NOON.plusSeconds(60L * minute + random.nextInt(60));
      for (int call = random.nextInt(4); call > 0; call--) {
        if (budget.take(now, 0)) {
          made.add(now);
        }
      }
      if (random.nextInt(100) == 0) {
        restart();
        budget = budget(hourly, now);
      }
    }

    for (int i = 30; i < made.size(); i++) {
      assertThat(Duration.between(made.get(i - 30), made.get(i)))
          .isGreaterThan(Duration.ofHours(1));
    }
    assertThat(made).hasSizeGreaterThan(250);
  }

  @Test
  void saysWhenARollingPeriodLetsCallsGo() throws InterruptedException {
    Budget budget = budget(new Allowance(3, new Per.Rolling(Duration.ofHours(1))), NOON);
    assertThat(takeAll(budget, NOON)).isEqualTo(3);

    Instant renews = budget.renewsAt(NOON);

    assertThat(renews).isEqualTo(NOON.plus(Duration.ofMinutes(65)));
    assertThat(budget.take(renews.minusSeconds(1), 0)).isFalse();
    assertThat(takeAll(budget, renews)).isEqualTo(3);
  }

  @Test
  void grantsNothingAnewWhenTheClockGoesBackOverMidnight() throws InterruptedException {
    Instant morning = Instant.parse("2026-11-21T00:00:01Z");
    Budget budget = budget(DAILY, morning);
    takeAll(budget, morning);

    assertThat(budget.take(morning.minusSeconds(2), 0)).isFalse();
    restart();
    assertThat(budget(DAILY, morning.minusSeconds(2)).take(morning.minusSeconds(2), 0)).isFalse();
  }

  @Test
  void recoversFromAClockThatWasYearsAhead() throws InterruptedException {
    Instant wrong = NOON.plus(Duration.ofDays(3650));
    takeAll(budget(DAILY, wrong), wrong);
    restart();

    assertThat(takeAll(budget(DAILY, NOON), NOON)).isEqualTo(1000);
  }

  @Test
  void keepsAShareUntouched() throws InterruptedException {
    Budget budget = budget(DAILY, NOON);
    long background = 0;
    while (budget.take(NOON, 100)) {
      background++;
    }

    assertThat(background).isEqualTo(900);
    assertThat(takeAll(budget, NOON)).isEqualTo(100);
  }

  @Test
  void countsEachSystemByItself() throws InterruptedException {
    takeAll(budget(DAILY, NOON), NOON);

    assertThat(new Budget("erp", DAILY, store, NOON).take(NOON, 0)).isTrue();
  }

  private Budget budget(Allowance allowance, Instant now) throws InterruptedException {
    return new Budget("crm", allowance, store, now);
  }

  private static long takeAll(Budget budget, Instant now) throws InterruptedException {
    long calls = 0;
    while (budget.take(now, 0)) {
      calls++;
    }
    return calls;
  }

  private static Duration length(Per.Day day, Instant moment) {
    return Duration.between(day.slot(moment), day.forgets(day.slot(moment)));
  }
}
