package dev.lockstep.engine;

import static dev.lockstep.engine.EngineFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.delivery.Delivery;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.sync.Steps;
import dev.lockstep.engine.sync.TwoWay;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.engine.twoway.FirstReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoWayTest {
  @TempDir Path directory;

  @Test
  void whatIsChangedAtEitherEndReachesTheOtherAndDoesNotComeBack() throws Exception {
    try (TwoWayFixture pair = TwoWayFixture.of(directory, ConflictPolicy.NEWEST)) {
      pair.start(ConflictPolicy.FROM);
      pair.a.put("people", person(1, "Ada", 36), person(2, "Bob", 40));
      pair.b.put("people", person(3, "Cy", 41));
      pair.settle();
      pair.b.put("people", person(1, "Ada L.", 37));
      pair.settle();
      pair.a.remove("people", Key.of(2L));
      pair.settle();

      assertThat(pair.a.rows("people"))
          .containsExactlyInAnyOrder(person(1, "Ada L.", 37), person(3, "Cy", 41));
      assertThat(pair.there().counts().applied()).isEqualTo(3);
      assertThat(pair.back().counts().applied()).isEqualTo(2);
      // Each write of ours is heard of once, when its change has come, and goes no further.
      pair.await(() -> pair.there().counts().echoes() == 2 && pair.back().counts().echoes() == 3);
      assertThat(pair.written()).isEqualTo(5);
      assertThat(pair.conflicts(null)).isEmpty();
    }
  }

  @Test
  void nothingIsWrittenBeforeAPersonHasSeenTheComparison() throws Exception {
    try (TwoWayFixture pair = TwoWayFixture.of(directory, ConflictPolicy.NEWEST)) {
      pair.a.put("people", person(1, "Ada", 36), person(2, "Bob", 40), person(4, "Dan", 1));
      pair.b.put("people", person(1, "Ada", 36), person(2, "Rob", 40), person(3, "Cy", 41));
      pair.open(Steps.NONE);
      pair.engine().start();
      FirstReport report = pair.engine().twoWay().compare("people");
      assertThat(report.equal()).isEqualTo(1);
      assertThat(report.different()).isEqualTo(1);
      assertThat(report.onlyFrom()).isEqualTo(1);
      assertThat(report.onlyTo()).isEqualTo(1);
      assertThat(report.fields()).isEqualTo(Map.of("name", 1L));
      pair.await(() -> pair.there().trouble().isPresent());
      assertThat(pair.there().trouble().orElseThrow().toString()).contains("lockstep first people");
      assertThat(pair.a.writes()).isEmpty();
      assertThat(pair.b.writes()).isEmpty();

      pair.engine().twoWay().confirm("people", ConflictPolicy.TO);
      pair.ready();
      pair.settle();
      assertThat(pair.a.rows("people"))
          .containsExactlyInAnyOrder(
              person(1, "Ada", 36), person(2, "Rob", 40), person(3, "Cy", 41), person(4, "Dan", 1));
      Conflict logged = pair.conflicts(null).getFirst();
      assertThat(logged.from()).contains(person(2, "Bob", 40));
      assertThat(logged.winner()).isEqualTo("to");
      assertThat(logged.state()).isEqualTo(Conflict.State.DECIDED);
    }
  }

  /** Edits both ends while nobody looks, so that both have moved when they are compared. */
  private static void editBoth(TwoWayFixture pair, Row from, Row to) throws Exception {
    pair.stop();
    pair.a.put("people", from);
    Thread.sleep(5);
    pair.b.put("people", to);
    pair.restart(Steps.NONE);
  }

  private TwoWayFixture started(TwoWay rules) throws Exception {
    TwoWayFixture pair = new TwoWayFixture(directory, rules);
    pair.a.put("people", person(1, "Ada", 36));
    pair.start(ConflictPolicy.FROM);
    pair.settle();
    return pair;
  }

  @Test
  void theNewestWinsAndTheOtherIsKept() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.NEWEST))) {
      editBoth(pair, person(1, "Ada A", 36), person(1, "Ada B", 36));
      pair.settle();
      assertThat(pair.a.rows("people")).containsExactly(person(1, "Ada B", 36));
      assertThat(pair.conflicts(null)).hasSize(1);
      Conflict conflict = pair.conflicts(null).getFirst();
      assertThat(conflict.state()).isEqualTo(Conflict.State.DECIDED);
      assertThat(conflict.winner()).isEqualTo("to");
      assertThat(conflict.why()).startsWith("changed later");
      assertThat(conflict.fields()).containsExactly("name");

      // Nothing runs that could see what the reversal wrote, so it must be noted by itself.
      pair.stop();
      pair.open(Steps.NONE);
      pair.engine().twoWay().reverse(conflict, End.FROM);
      assertThat(pair.b.rows("people")).containsExactly(person(1, "Ada A", 36));
      assertThat(pair.conflicts(null))
          .extracting(Conflict::state)
          .containsExactly(Conflict.State.REVERSED, Conflict.State.DECIDED);
      pair.engine().start();
      pair.settle();
      assertThat(pair.conflicts(null)).hasSize(2);
    }
  }

  @Test
  void oneSideWins() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.FROM))) {
      editBoth(pair, person(1, "Ada A", 36), person(1, "Ada B", 37));
      pair.settle();
      assertThat(pair.b.rows("people")).containsExactly(person(1, "Ada A", 36));
      assertThat(pair.conflicts(null)).hasSize(1);
    }
  }

  @Test
  void fieldsThatOneEndAloneChangedAreBothKept() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.MERGE))) {
      editBoth(pair, person(1, "Ada A", 36), person(1, "Ada", 37));
      pair.settle();
      assertThat(pair.a.rows("people")).containsExactly(person(1, "Ada A", 37));
      assertThat(pair.conflicts(null)).hasSize(1);
      assertThat(pair.conflicts(null).getFirst().winner()).isEqualTo("both");
    }
  }

  @Test
  void aFieldHasAPolicyOfItsOwn() throws Exception {
    TwoWay rules =
        new TwoWay(
            "people",
            false,
            ConflictPolicy.MERGE,
            Map.of("age", ConflictPolicy.FROM),
            Optional.empty(),
            Optional.empty());
    try (TwoWayFixture pair = started(rules)) {
      editBoth(pair, person(1, "Ada A", 36 + 1), person(1, "Ada B", 36 + 2));
      pair.settle();
      assertThat(pair.a.rows("people")).containsExactly(person(1, "Ada B", 37));
    }
  }

  @Test
  void aHeldRecordWaitsAtBothEndsAndHoldsUpNoOther() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.HOLD))) {
      editBoth(pair, person(1, "Ada A", 36), person(1, "Ada B", 36));
      pair.held(1);
      pair.a.put("people", person(2, "Bob", 40));
      pair.await(() -> pair.b.row("people", Key.of(2L)).isPresent());
      pair.a.put("people", person(1, "Ada AA", 36));
      pair.await(() -> pair.there().parked() == 2 && pair.there().isBalanced());
      assertThat(pair.person(pair.b, 1)).isEqualTo(person(1, "Ada B", 36));
      assertThat(pair.back().counts().waiting()).isPositive();

      Conflict held = pair.engine().twoWay().conflicts().held("people", "1").orElseThrow();
      pair.engine().twoWay().resolve(held, End.FROM);
      pair.settle();
      assertThat(pair.b.rows("people"))
          .containsExactlyInAnyOrder(person(1, "Ada AA", 36), person(2, "Bob", 40));
      assertThat(pair.conflicts(null)).hasSize(1);
      assertThat(pair.conflicts(null).getFirst().state()).isEqualTo(Conflict.State.RESOLVED);
    }
  }

  @Test
  void whatWasMissedIsHealedByAnotherComparison() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.NEWEST))) {
      pair.a.put("people", person(2, "Bob", 40));
      pair.settle();
      pair.stop();
      pair.a.put("people", person(1, "Ada A", 36));
      pair.b.remove("people", Key.of(2L));
      pair.a.loseChanges();
      pair.b.loseChanges();
      pair.restart(Steps.NONE);
      pair.await(() -> pair.there().trouble().isPresent() && pair.back().trouble().isPresent());
      assertThat(pair.b.rows("people")).containsExactly(person(1, "Ada", 36));
      pair.engine().twoWay().confirm("people", ConflictPolicy.FROM);
      pair.settle();
      assertThat(pair.a.rows("people")).containsExactly(person(1, "Ada A", 36));
    }
  }

  @Test
  void aRefusedRecordIsADeadLetterAndIsLookedAtAgain() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.NEWEST))) {
      pair.b.faults().refuse(Key.of(2L), new Outcome.Rejected("no Bobs", "take another"));
      pair.a.put("people", person(2, "Bob", 40), person(3, "Cy", 41));
      pair.await(() -> pair.there().openLetters() == 1 && pair.b.rows("people").size() == 2);
      assertThat(pair.there().isBalanced()).isTrue();
      Letter letter = pair.engine().letters("people", Letter.State.OPEN, 0, 10).getFirst();
      assertThat(pair.engine().replay(letter)).isInstanceOf(Delivery.Replayed.Kept.class);
      pair.b.faults().accept(Key.of(2L));
      assertThat(pair.engine().replay(letter)).isInstanceOf(Delivery.Replayed.Taken.class);
      pair.settle();
      assertThat(pair.there().openLetters()).isZero();
      assertThat(pair.there().counts().dead()).isZero();
    }
  }

  @Test
  void aDeleteAgainstAnEditIsAConflict() throws Exception {
    try (TwoWayFixture pair = started(TwoWay.of("people", ConflictPolicy.NEWEST))) {
      pair.stop();
      pair.a.put("people", person(1, "Ada A", 36));
      Thread.sleep(5);
      pair.b.remove("people", Key.of(1L));
      pair.restart(Steps.NONE);
      pair.settle();
      assertThat(pair.a.rows("people")).isEmpty();
      Conflict conflict = pair.conflicts(null).getFirst();
      assertThat(conflict.to()).isEmpty();
      pair.engine().twoWay().reverse(conflict, End.FROM);
      pair.settle();
      assertThat(pair.b.rows("people")).containsExactly(person(1, "Ada A", 36));
    }
  }
}
