package dev.lockstep.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Outcome;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Entry;
import dev.lockstep.engine.reconcile.Item;
import dev.lockstep.engine.reconcile.Window;
import dev.lockstep.engine.sync.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {
  private static final Schema SCHEMA = Schema.of(Field.of("value", new Type.Int()));
  private static final Outcome REJECTED = new Outcome.Rejected("no", "mend it");
  private static final Outcome DEFERRED = new Outcome.Deferred("later", Optional.empty());

  private record Nowhere() implements Item.Arrival {
    @Override
    public Change change() {
      return new Change.Deleted(
          new DatasetId("d"), Key.of(1L), Optional.empty(), Change.Mark.at(Instant.EPOCH));
    }

    @Override
    public String place() {
      return "";
    }
  }

  private static Item item(long sequence, Mapped mapped) {
    return new Item(sequence, new Nowhere(), mapped);
  }

  private static Mapped move(long from, long to) {
    return new Mapped.Move(Key.of(from), Key.of(to), Row.of(SCHEMA, to));
  }

  /** Invariant 5, on random windows with random outcomes: each item ends in exactly one place. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyItemEndsInExactlyOnePlace(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Window window = new Window(Window.Repeat.SUPERSEDES, key -> key.equals(Key.of(0L)));
      int size = random.nextInt(30);
      for (int i = 1; i <= size; i++) {
        assertThat(window.add(item(i, mapped(random)))).isTrue();
      }
      List<Entry> sent = window.entries();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        outcomes.add(outcome(random));
      }
      Settlement settlement = Settlement.of(window, sent, outcomes, 0);
      Counts counts = settlement.counts();
      assertThat(counts.captured()).isEqualTo(size);
      assertThat(counts.waiting())
          .as("seed %d round %d", seed, round)
          .isEqualTo(settlement.waits().size());
      assertThat(counts.dead()).isEqualTo(settlement.dead().size());
      assertThat(distinct(settlement)).isEqualTo(settlement.waits().size() + counts.dead());
    }
  }

  private static long distinct(Settlement settlement) {
    Set<Long> sequences = new TreeSet<>();
    settlement.waits().forEach(wait -> sequences.add(wait.item().sequence()));
    settlement.dead().forEach(dead -> sequences.add(dead.item().sequence()));
    return sequences.size();
  }

  private static Mapped mapped(Random random) {
    Key key = Key.of((long) random.nextInt(6));
    return switch (random.nextInt(6)) {
      case 0 -> new Mapped.Filtered();
      case 1 -> new Mapped.Refused("why", "what");
      case 2 -> new Mapped.Delete(key);
      case 3 -> move(random.nextInt(6), 6 + random.nextInt(3));
      default -> new Mapped.Upsert(key, Row.of(SCHEMA, random.nextLong()));
    };
  }

  private static Outcome outcome(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Outcome.APPLIED;
      case 1 -> Outcome.UNCHANGED;
      case 2 -> REJECTED;
      default -> DEFERRED;
    };
  }

  @Test
  void aMoveWhoseOldKeyCannotBeClearedSharesItsFate() {
    Window window = new Window(Window.Repeat.SUPERSEDES, key -> false);
    window.add(item(1, move(1, 2)));
    Settlement settlement =
        Settlement.of(window, window.entries(), List.of(DEFERRED, Outcome.APPLIED), 0);
    assertThat(settlement.counts().applied()).isZero();
    assertThat(settlement.waits()).hasSize(1);
    assertThat(settlement.waits().getFirst().keys()).containsExactly(Key.of(1L), Key.of(2L));
  }

  @Test
  void whatTheTargetHasAlreadyIsUnchanged() {
    Window window = new Window(Window.Repeat.SUPERSEDES, key -> false);
    window.add(item(1, new Mapped.Delete(Key.of(1L))));
    Settlement settlement = Settlement.of(window, List.of(), List.of(), 1);
    assertThat(settlement.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
  }
}
