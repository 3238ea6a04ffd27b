package dev.lockstep.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final Request REQUEST = Request.all(new DatasetId("people"));

  @Test
  void tellsShareAndTimeLeftAtTheSpeedUpToNow() {
    Outlook outlook = Outlook.of(OptionalLong.of(400), 100, Duration.ofSeconds(10));
    assertThat(outlook.percent()).hasValue(25);
    assertThat(outlook.left()).contains(Duration.ofSeconds(30));
    Outlook start = Outlook.of(OptionalLong.of(400), 0, Duration.ZERO);
    assertThat(start.percent()).hasValue(0);
    assertThat(start.left()).isEmpty();
    assertThat(Outlook.of(OptionalLong.empty(), 100, Duration.ofSeconds(1)))
        .isEqualTo(Outlook.NONE);
  }

  @Test
  void anEstimateThatWasTooLowNeverTellsThatAllIsDone() {
    for (long captured : new long[] {399, 400, 4_000}) {
      Outlook outlook = Outlook.of(OptionalLong.of(400), captured, Duration.ofSeconds(10));
      assertThat(outlook.percent()).hasValue(99);
    }
    assertThat(Outlook.of(OptionalLong.of(0), 0, Duration.ZERO).percent()).isEmpty();
  }

  @Test
  void aSourceThatLearnsItOnTheWayIsAskedEverMoreSeldom() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    List<Long> learned = new ArrayList<>();
    Expected expected =
        new Expected(
            request -> {
              if (asked.incrementAndGet() < 5) {
                throw new ConnectorException(Failure.Transient.of("not now"));
              }
              return OptionalLong.of(1_000);
            },
            Optional.of(REQUEST),
            OptionalLong.empty(),
            learned::add);
    OptionalLong known = OptionalLong.empty();
    for (long captured = 1; captured <= 100; captured++) {
      known = expected.after(captured);
    }
    assertThat(known).hasValue(1_000);
    // After 1, 2, 4, 8 and 16 records.
    assertThat(asked).hasValue(5);
    assertThat(learned).containsExactly(1_000L);
  }
}
