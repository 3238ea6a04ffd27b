package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Failure;
import dev.lockstep.engine.limit.CircuitState.Closed;
import dev.lockstep.engine.limit.CircuitState.HalfOpen;
import dev.lockstep.engine.limit.CircuitState.Open;
import dev.lockstep.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final CircuitSpec SPEC =
      new CircuitSpec(3, 10, 50, Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final SettableClock clock = new SettableClock(NOON);
  private final Circuit circuit = new Circuit(SPEC, clock, new Random(1));

  @Test
  void opensAfterFailuresInARow() {
    fail(2);
    admitted().succeeded();
    fail(2);
    assertThat(circuit.state()).isEqualTo(new Closed(2));

    fail(1);

    assertThat(circuit.state()).isInstanceOf(Open.class);
    assertThat(circuit.enter()).isInstanceOf(Passage.Refused.class);
  }

  @Test
  void opensWhenHalfOfTheLatestCallsFail() {
    for (int i = 0; i < 4; i++) {
      fail(1);
      admitted().succeeded();
    }
    admitted().succeeded();
    assertThat(circuit.state()).isEqualTo(new Closed(0));

    fail(1);

    assertThat(circuit.state()).isInstanceOf(Open.class);
  }

  @Test
  void letsOneProbePassWhenTheOpenTimeIsOver() {
    fail(3);
    clock.set(until());
    Passage.Admitted probe = admitted();

    assertThat(circuit.state()).isEqualTo(new HalfOpen(clock.instant(), 1));
    assertThat(circuit.enter()).isEqualTo(new Passage.Refused(clock.instant().plusSeconds(1)));

    probe.succeeded();
    assertThat(circuit.state()).isEqualTo(new Closed(0));
    assertThat(circuit.enter()).isInstanceOf(Passage.Admitted.class);
  }

  @Test
  void staysOpenLongerWithEachProbeThatFails() {
    fail(3);
    List<Duration> waits = new ArrayList<>();
    for (int probe = 0; probe < 6; probe++) {
      waits.add(Duration.between(clock.instant(), until()));
      clock.set(until());
      fail(1);
    }

    for (int i = 0; i < waits.size(); i++) {
      long longest = Math.min(60_000, 10_000L << i);
      assertThat(waits.get(i).toMillis()).isBetween(longest / 2, longest);
    }
  }

  @Test
  void tellsSinceWhenTheTargetFailsAndHowItFailedLast() {
    fail(3);
    Instant opened = clock.instant();
    clock.set(until());
    admitted().failed(Failure.Transient.of("no answer"));
    assertThat(circuit.ailment()).contains(new Circuit.Ailment(opened, "no answer"));

    clock.set(until());
    admitted().succeeded();
    assertThat(circuit.ailment()).isEmpty();
  }

  @Test
  void staysOpenAsLongAsTheTargetAsks() {
    fail(2);
    admitted().failed(new Failure.Transient("busy", Optional.of(Duration.ofMinutes(7))));

    assertThat(until()).isEqualTo(NOON.plus(Duration.ofMinutes(7)));
  }

  @Test
  void handsAnAbandonedProbeToTheNextCaller() {
    fail(3);
    clock.set(until());
    admitted().close();

    assertThat(circuit.state()).isInstanceOf(Open.class);
    admitted().succeeded();
    assertThat(circuit.state()).isEqualTo(new Closed(0));
  }

  @Test
  void ignoresOutcomesOfCallsFromBeforeItOpened() {
    Passage.Admitted early = admitted();
    Passage.Admitted alsoEarly = admitted();
    fail(3);
    CircuitState open = circuit.state();

    early.succeeded();
    alsoEarly.failed(Failure.Transient.of("busy"));
    assertThat(circuit.state()).isEqualTo(open);

    clock.set(until());
    admitted().succeeded();
    early.failed(Failure.Transient.of("busy"));
    assertThat(circuit.state()).isEqualTo(new Closed(0));
  }

  @Test
  void aClockPutBackDoesNotKeepItOpen() {
    fail(3);
    clock.advance(Duration.ofDays(-1000));

    assertThat(circuit.enter()).isInstanceOf(Passage.Admitted.class);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      try (Passage.Admitted call = admitted()) {
        call.failed(Failure.Transient.of("busy"));
      }
    }
  }

  private Passage.Admitted admitted() {
    return switch (circuit.enter()) {
      case Passage.Admitted admitted -> admitted;
      case Passage.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private Instant until() {
    return switch (circuit.state()) {
      case Open open -> open.until();
      case Closed closed -> throw new AssertionError(closed.toString());
      case HalfOpen halfOpen -> throw new AssertionError(halfOpen.toString());
    };
  }
}
