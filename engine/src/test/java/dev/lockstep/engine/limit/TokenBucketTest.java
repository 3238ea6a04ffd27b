package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1, 2.5, 20, 33.3, 100, 1000})
  void noSecondSeesMoreThanTheRateAndLittleIsLost(double rate) {
    List<Instant> passed = passed(rate, 20 * (int) Math.ceil(rate), 0);

    int most = (int) Math.ceil(rate);
    for (int i = most; i < passed.size(); i++) {
      assertThat(Duration.between(passed.get(i - most), passed.get(i)))
          .as("call %d", i)
          .isGreaterThanOrEqualTo(Duration.ofNanos(999_990_000));
    }
    double seconds = Duration.between(START, passed.getLast()).toNanos() / 1e9;
    assertThat(passed.size() / seconds).isGreaterThan(rate * 0.95);
  }

  @Test
  void waking20MillisecondsLateCostsAFastRateNothing() {
    List<Instant> passed = passed(1000, 20_000, 20);

    double seconds = Duration.between(START, passed.getLast()).toNanos() / 1e9;
    assertThat(passed.size() / seconds).isBetween(930.0, 1000.0);
  }

  @Test
  void aClockPutBackGivesNothing() {
    TokenBucket bucket = new TokenBucket(1, START);
    bucket.take();

    assertThat(bucket.available(START.minusSeconds(3600)))
        .isEqualTo(START.minusSeconds(3600).plusSeconds(1));
  }

  private static List<Instant> passed(double rate, int calls, int lateMillis) {
    TokenBucket bucket = new TokenBucket(rate, START);
    Random random = new Random(1);
    List<Instant> passed = new ArrayList<>();
    Instant now = START;
    while (passed.size() < calls) {
      Instant when = bucket.available(now);
      if (when.isAfter(now)) {
        now = when.plusMillis(lateMillis == 0 ? 0 : random.nextInt(lateMillis));
        continue;
      }
      bucket.take();
      passed.add(now);
    }
    return passed;
  }
}
