package dev.lockstep.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.SyncStatus.State;
import dev.lockstep.engine.sync.Counts;
import dev.lockstep.engine.sync.Mode;
import dev.lockstep.engine.sync.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final Optional<Duration> UNKNOWN = Optional.empty();

  private static SyncStatus sync(
      String name, State state, long waiting, Optional<Duration> staleness) {
    return new SyncStatus(
        name,
        "crm.people",
        "db.people",
        Mode.UPSERT,
        Strategy.EVENT,
        state,
        new Counts(100 + waiting, 100, 0, 0, 0, 0),
        waiting,
        0,
        0,
        Optional.empty(),
        staleness,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String text(SyncStatus... syncs) {
    return Headline.of(List.of(syncs)).text();
  }

  @Test
  void tellsWhatWaitsAfterARestart() {
    assertThat(text(sync("people", State.READY, 12, UNKNOWN)))
        .isEqualTo("people is catching up: 12 changes wait");
    assertThat(text(sync("people", State.STARTING, 1, UNKNOWN)))
        .isEqualTo("people is catching up: 1 change waits");
    assertThat(Freshness.of(sync("people", State.READY, 12, UNKNOWN)).word())
        .isEqualTo("Catching up");
    assertThat(
            text(
                sync("people", State.READY, 2_000, UNKNOWN),
                sync("orders", State.READY, 3, UNKNOWN),
                sync("stock", State.READY, 0, Optional.of(Duration.ZERO))))
        .isEqualTo("2 syncs are catching up: people, orders; 2,003 changes wait");
  }

  @Test
  void tellsThatAFirstReadIsNotComplete() {
    assertThat(text(sync("people", State.LOADING, 12, UNKNOWN)))
        .isEqualTo("people is not complete yet");
    assertThat(
            text(
                sync("people", State.LOADING, 0, UNKNOWN), sync("orders", State.READY, 3, UNKNOWN)))
        .isEqualTo("people is not complete yet");
  }

  @Test
  void tellsThatAllIsInStepAlsoWhileAChangeIsOnItsWay() {
    assertThat(text(sync("people", State.READY, 1, Optional.of(Duration.ofSeconds(1)))))
        .isEqualTo("The sync is in step");
  }
}
