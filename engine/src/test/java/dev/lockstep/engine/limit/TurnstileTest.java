package dev.lockstep.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Priority URGENT = new Priority(Duration.ofSeconds(5));
  private static final Priority RELAXED = new Priority(Duration.ofHours(1));

  private final ReentrantLock lock = new ReentrantLock();

  @BeforeEach
  void hold() {
    lock.lock();
  }

  @AfterEach
  void letGo() {
    lock.unlock();
  }

  @Test
  void letsTheSmallestPromisePassFirstAndEqualsInTurn() throws InterruptedException {
    Turnstile turnstile = turnstile(oneAtATime());
    Ticket busy = enter(turnstile, URGENT);
    turnstile.admit(NOON);
    Ticket background = enter(turnstile, Priority.BACKGROUND);
    Ticket relaxed = enter(turnstile, RELAXED);
    Ticket urgent = enter(turnstile, URGENT);
    Ticket second = enter(turnstile, URGENT);

    assertThat(order(turnstile, busy, List.of(background, relaxed, urgent, second)))
        .containsExactly(urgent, second, relaxed, background);
  }

  @Test
  void givesEveryEighthTurnToWhoeverWaitedLongest() throws InterruptedException {
    Turnstile turnstile = turnstile(oneAtATime());
    Ticket background = enter(turnstile, Priority.BACKGROUND);
    List<Ticket> urgent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      urgent.add(enter(turnstile, URGENT));
    }
    turnstile.admit(NOON);
    assertThat(urgent.getFirst().admitted()).isTrue();
    List<Ticket> waiting = new ArrayList<>(urgent.subList(1, 20));
    waiting.add(background);

    assertThat(order(turnstile, urgent.getFirst(), waiting).indexOf(background)).isEqualTo(6);
  }

  @Test
  void saysWhenTheRateLetsTheNextPass() throws InterruptedException {
    Turnstile turnstile =
        turnstile(
            new LimitSpec(
                Optional.empty(), OptionalDouble.of(2), OptionalInt.empty(), OptionalInt.empty()));
    Ticket first = enter(turnstile, URGENT);
    Ticket second = enter(turnstile, URGENT);

    assertThat(turnstile.admit(NOON)).contains(NOON.plusMillis(500));
    assertThat(first.admitted()).isTrue();
    assertThat(second.admitted()).isFalse();
    assertThat(turnstile.admit(NOON.plusMillis(500))).isEmpty();
    assertThat(second.admitted()).isTrue();
    assertThat(turnstile.status(NOON)).isEqualTo(GateStatus.unlimited(2, 2, 0));
  }

  @Test
  void forgetsWhoeverGivesUp() throws InterruptedException {
    Turnstile turnstile = turnstile(oneAtATime());
    Ticket busy = enter(turnstile, URGENT);
    turnstile.admit(NOON);
    Ticket impatient = enter(turnstile, URGENT);
    Ticket patient = enter(turnstile, URGENT);

    turnstile.leave(impatient);
    turnstile.leave(busy);
    turnstile.admit(NOON);

    assertThat(impatient.admitted()).isFalse();
    assertThat(patient.admitted()).isTrue();
  }

  @Test
  void narrowsWhileItWorks() throws InterruptedException {
    Turnstile turnstile = turnstile(LimitSpec.NONE);
    enter(turnstile, URGENT);
    turnstile.admit(NOON);
    turnstile.narrow(oneAtATime(), NOON);
    Ticket next = enter(turnstile, URGENT);

    turnstile.admit(NOON);

    assertThat(next.admitted()).isFalse();
  }

  private static List<Ticket> order(Turnstile turnstile, Ticket busy, List<Ticket> waiting)
      throws InterruptedException {
    List<Ticket> rest = new ArrayList<>(waiting);
    List<Ticket> order = new ArrayList<>();
    Ticket inFlight = busy;
    while (!rest.isEmpty()) {
      turnstile.leave(inFlight);
      turnstile.admit(NOON);
      List<Ticket> admitted = rest.stream().filter(Ticket::admitted).toList();
      assertThat(admitted).hasSize(1);
      inFlight = admitted.getFirst();
      rest.remove(inFlight);
      order.add(inFlight);
    }
    return order;
  }

  private Ticket enter(Turnstile turnstile, Priority priority) {
    return turnstile.enter(priority, lock.newCondition());
  }

  private static Turnstile turnstile(LimitSpec limits) {
    return new Turnstile("crm", limits, null, NOON);
  }

  private static LimitSpec oneAtATime() {
    return new LimitSpec(
        Optional.empty(), OptionalDouble.empty(), OptionalInt.of(1), OptionalInt.empty());
  }
}
