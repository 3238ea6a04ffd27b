package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.limit.Allowance.Per;
import dev.lockstep.store.SqliteStore;
import dev.lockstep.store.Store;
import dev.lockstep.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemGateTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Priority URGENT = new Priority(Duration.ofSeconds(5));

  private final SettableClock clock = new SettableClock(NOON);
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

  @Test
  void neverLetsMoreCallsInThanMayBeInFlight() throws Exception {
    SystemGate gate = gate(concurrent(4), InstantSource.system());
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    everyone(
        400,
        caller -> {
          Priority priority = caller % 2 == 0 ? URGENT : Priority.BACKGROUND;
          try (Permit _ = gate.acquire(priority)) {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            Thread.yield();
            inFlight.decrementAndGet();
          }
        });

    assertThat(most.get()).isBetween(1, 4);
    assertThat(gate.status()).isEqualTo(GateStatus.unlimited(400, 0, 0));
  }

  @Test
  void letsEveryoneThroughAtAHighRateOnTheRealClock() throws Exception {
    LimitSpec limits =
        new LimitSpec(
            Optional.empty(), OptionalDouble.of(2000), OptionalInt.of(3), OptionalInt.empty());
    SystemGate gate = gate(limits, InstantSource.system());

    everyone(
        600,
        caller -> {
          gate.acquire(URGENT).close();
        });

    assertThat(gate.status()).isEqualTo(GateStatus.unlimited(600, 0, 0));
  }

  @Test
  void answersWithTheMomentOfRenewalWhenCallsAreUsedUp() throws Exception {
    SystemGate gate = gate(daily(3), clock);
    for (int call = 0; call < 3; call++) {
      gate.acquire(URGENT).close();
    }

    assertThatThrownBy(() -> gate.acquire(URGENT))
        .isInstanceOfSatisfying(
            BudgetExhausted.class,
            e -> assertThat(e.renewsAt()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z")))
        .hasMessageContaining("crm may be asked 3 calls, and all are used")
        .hasMessageContaining("Raise systems.crm.limits.calls");
    assertThat(gate.status())
        .isEqualTo(GateStatus.limited(3, 3, 0, 0, Instant.parse("2026-11-21T00:00:00Z")));

    clock.set(Instant.parse("2026-11-21T00:00:00Z"));
    gate.acquire(URGENT).close();
    assertThat(gate.status().used()).isEqualTo(1);
  }

  @Test
  void keepsTheLastTenthForTimeSensitiveSyncsOnceThereIsOne() throws Exception {
    SystemGate gate = gate(daily(100), clock);
    gate.expect(Priority.BACKGROUND);
    gate.expect(URGENT);

    for (int call = 0; call < 90; call++) {
      gate.acquire(Priority.BACKGROUND).close();
    }
    assertThatThrownBy(() -> gate.acquire(Priority.BACKGROUND))
        .isInstanceOf(BudgetExhausted.class)
        .hasMessageContaining("kept for time-sensitive syncs");
    for (int call = 0; call < 10; call++) {
      gate.acquire(URGENT).close();
    }
    assertThatThrownBy(() -> gate.acquire(URGENT)).isInstanceOf(BudgetExhausted.class);
  }

  @Test
  void spendsAllOnBackgroundSyncsWhenNoneIsTimeSensitive() throws Exception {
    SystemGate gate = gate(daily(100), clock);
    gate.expect(Priority.BACKGROUND);

    for (int call = 0; call < 100; call++) {
      gate.acquire(Priority.BACKGROUND).close();
    }

    assertThat(gate.status().used()).isEqualTo(100);
  }

  @Test
  void anInterruptGivesThePlaceUp() throws Exception {
    SystemGate gate = gate(concurrent(1), clock);
    Permit held = gate.acquire(URGENT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Permit> waiting = threads.submit(() -> gate.acquire(URGENT));
      awaitWaiting(gate, 1);
      waiting.cancel(true);
      awaitWaiting(gate, 0);
      held.close();
      held.close();

      gate.acquire(Priority.BACKGROUND).close();
      assertThat(gate.status().inFlight()).isZero();
    }
  }

  @Test
  void wakesTheNextWhenACallEnds() throws Exception {
    SystemGate gate = gate(concurrent(1), clock);
    Permit held = gate.acquire(URGENT);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> order = new ArrayList<>();
      Future<?> background = threads.submit(() -> call(gate, Priority.BACKGROUND, order));
      awaitWaiting(gate, 1);
      Future<?> urgent = threads.submit(() -> call(gate, URGENT, order));
      awaitWaiting(gate, 2);
      held.close();
      background.get();
      urgent.get();

      assertThat(order).containsExactly(URGENT.toString(), Priority.BACKGROUND.toString());
    }
  }

  @Test
  void settlesWithoutLosingACall() throws Exception {
    SystemGate gate = gate(daily(1000), clock);
    gate.acquire(URGENT).close();
    gate.settle();

    assertThat(gate(daily(1000), clock).status().used()).isEqualTo(1);
  }

  private static int call(SystemGate gate, Priority priority, List<String> order)
      throws InterruptedException {
    try (Permit _ = gate.acquire(priority)) {
      order.add(priority.toString());
    }
    return order.size();
  }

  private static void awaitWaiting(SystemGate gate, int callers) {
    while (gate.status().waiting() != callers) {
      Thread.onSpinWait();
    }
  }

  private static void everyone(int callers, Caller call)
      throws InterruptedException, ExecutionException {
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        int caller = i;
        calls.add(
            threads.submit(() -> {
              call.make(caller);
              return caller;
            }));
      }
      for (Future<?> each : calls) {
        each.get();
      }
    }
  }

  private interface Caller {
    void make(int caller) throws InterruptedException;
  }

  private SystemGate gate(LimitSpec limits, InstantSource time) throws InterruptedException {
    return SystemGate.open("crm", limits, store, time);
  }

  private static LimitSpec concurrent(int calls) {
    return new LimitSpec(
        Optional.empty(), OptionalDouble.empty(), OptionalInt.of(calls), OptionalInt.empty());
  }

  private static LimitSpec daily(long calls) {
    return new LimitSpec(
        Optional.of(new Allowance(calls, new Per.Day(ZoneOffset.UTC))),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
