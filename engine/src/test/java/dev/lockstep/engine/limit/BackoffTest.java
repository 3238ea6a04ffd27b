package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.limit.Backoff.Jitter;
import dev.lockstep.engine.sync.Retry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Test
  void doublesFromFirstToLongestWithHalfLeftToChance() {
    Backoff backoff = Backoff.of(new Retry(8, FIRST, LONGEST), new Random(1));
    Set<Duration> seen = new HashSet<>();
    for (int attempt = 1; attempt <= 2000; attempt++) {
      long most = attempt > 9 ? LONGEST.toNanos() : FIRST.toNanos() << (attempt - 1);
      Duration wait = backoff.after(attempt);
      assertThat(wait.toNanos()).isBetween(most / 2, most);
      seen.add(wait);
    }
    assertThat(seen).hasSizeGreaterThan(1990);
  }

  @Test
  void leavesAllToChanceWithFullJitter() {
    Backoff backoff = new Backoff(FIRST, LONGEST, Jitter.FULL, new Random(1));
    long shortWaits = 0;
    for (int i = 0; i < 1000; i++) {
      Duration wait = backoff.after(3);
      assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(4));
      shortWaits += wait.compareTo(Duration.ofSeconds(2)) < 0 ? 1 : 0;
    }
    assertThat(shortWaits).isBetween(400L, 600L);
  }

  @Test
  void takesTheTargetsWishWhenItIsLonger() {
    Backoff backoff = new Backoff(FIRST, LONGEST, Jitter.EQUAL, new Random(1));

    assertThat(backoff.after(1, Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    assertThat(backoff.after(9, Duration.ofSeconds(1))).isGreaterThan(Duration.ofSeconds(100));
    assertThat(backoff.after(1, Duration.ofDays(3650))).isEqualTo(Duration.ofDays(1));
  }
}
