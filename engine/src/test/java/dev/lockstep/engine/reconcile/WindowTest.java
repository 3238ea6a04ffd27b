package dev.lockstep.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.engine.mapping.Mapper.Mapped;
import dev.lockstep.engine.reconcile.Window.Repeat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Schema SCHEMA = Schema.of(Field.of("value", new Type.Int()));
  private static final Key A = Key.of("a");
  private static final Key B = Key.of("b");

  private long next;

  private Item item(Mapped mapped) {
    long sequence = ++next;
    return new Item(sequence, new Nowhere(), mapped);
  }

  private record Nowhere() implements Item.Arrival {
    @Override
    public Change change() {
      return new Change.Deleted(
          new DatasetId("d"), A, Optional.empty(), Change.Mark.at(Instant.EPOCH));
    }

    @Override
    public String place() {
      return "";
    }
  }

  private Item upsert(Key key, long value) {
    return item(new Mapped.Upsert(key, Row.of(SCHEMA, value)));
  }

  private static Window window(Repeat repeat, Key... blocked) {
    return new Window(repeat, Set.of(blocked)::contains);
  }

  private static List<Mutation> mutations(Window window) {
    return window.entries().stream().map(Entry::mutation).toList();
  }

  @Test
  void theLastWordOfAKeyIsSentAndTheEarlierCountedAsSuperseded() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(upsert(A, 1));
    window.add(upsert(B, 2));
    window.add(upsert(A, 3));
    window.add(item(new Mapped.Delete(B)));
    assertThat(mutations(window))
        .containsExactly(new Mutation.Upsert(A, Row.of(SCHEMA, 3L)), new Mutation.Delete(B));
    assertThat(window.superseded()).isEqualTo(2);
    assertThat(window.read()).isEqualTo(4);
  }

  @Test
  void aBlockedKeyWaitsAndEveryLaterChangeOfItToo() {
    Window window = window(Repeat.SUPERSEDES, A);
    window.add(upsert(A, 1));
    window.add(upsert(B, 2));
    window.add(upsert(A, 3));
    assertThat(window.blocked()).extracting(Item::sequence).containsExactly(1L, 3L);
    assertThat(mutations(window)).hasSize(1);
  }

  @Test
  void aBlockedMoveBlocksBothItsKeysForTheRestOfTheWindow() {
    Window window = window(Repeat.SUPERSEDES, A);
    window.add(item(new Mapped.Move(A, B, Row.of(SCHEMA, 1L))));
    window.add(upsert(B, 2));
    assertThat(window.blocked()).hasSize(2);
    assertThat(window.entries()).isEmpty();
  }

  @Test
  void aMoveClearsTheOldKeyAndIsDecidedAtTheNew() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(item(new Mapped.Move(A, B, Row.of(SCHEMA, 1L))));
    assertThat(window.entries()).extracting(Entry::decides).containsExactly(false, true);
    window.add(upsert(A, 5));
    assertThat(window.superseded()).isZero();
    assertThat(mutations(window))
        .containsExactly(
            new Mutation.Upsert(B, Row.of(SCHEMA, 1L)), new Mutation.Upsert(A, Row.of(SCHEMA, 5L)));
  }

  private static final Schema TWO =
      Schema.of(Field.of("value", new Type.Int()), Field.of("large", new Type.Int()));

  private static Row partial(long value) {
    return Row.of(TWO, value, Row.ABSENT);
  }

  private Item move(Key from, Key to, long value) {
    return item(new Mapped.Move(from, to, partial(value)));
  }

  @Test
  void whatAMoveDidNotSendIsWhereTheRecordWasBeforeTheWindow() {
    Window window = window(Repeat.SUPERSEDES);
    Key c = Key.of("c");
    window.add(move(A, B, 1));
    window.add(move(B, c, 2));
    window.add(item(new Mapped.Upsert(c, partial(3))));
    assertThat(mutations(window))
        .containsExactly(
            new Mutation.Delete(A), new Mutation.Delete(B), new Mutation.Move(A, c, partial(3)));
    assertThat(window.superseded()).isEqualTo(2);
  }

  @Test
  void recordsMayExchangeKeys() {
    Window window = window(Repeat.SUPERSEDES);
    Key aside = Key.of("aside");
    window.add(move(A, aside, 1));
    window.add(move(B, A, 2));
    window.add(move(aside, B, 3));
    assertThat(mutations(window))
        .containsExactlyInAnyOrder(
            new Mutation.Delete(aside),
            new Mutation.Move(B, A, partial(2)),
            new Mutation.Move(A, B, partial(3)));
  }

  @Test
  void aMoveBackIsNone() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(move(A, B, 1));
    window.add(move(B, A, 2));
    assertThat(mutations(window))
        .containsExactlyInAnyOrder(new Mutation.Delete(B), new Mutation.Upsert(A, partial(2)));
  }

  @Test
  void aMoveTakesAlongWhatTheWindowHasBroughtItself() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(item(new Mapped.Upsert(A, Row.of(TWO, 1L, 7L))));
    window.add(move(A, B, 2));
    assertThat(mutations(window))
        .containsExactly(new Mutation.Delete(A), new Mutation.Upsert(B, Row.of(TWO, 2L, 7L)));
  }

  @Test
  void aMoveOntoAKeyThatAnotherRecordLeftTakesItsPlace() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(item(new Mapped.Delete(B)));
    window.add(move(A, B, 1));
    assertThat(mutations(window))
        .containsExactly(new Mutation.Delete(A), new Mutation.Move(A, B, partial(1)));
    window.add(item(new Mapped.Delete(B)));
    assertThat(mutations(window)).containsExactly(new Mutation.Delete(A), new Mutation.Delete(B));
  }

  @Test
  void aRepeatClosesTheWindowWhereEveryItemMustBeSentInOrder() {
    Window window = window(Repeat.CLOSES);
    assertThat(window.add(upsert(A, 1))).isTrue();
    assertThat(window.add(upsert(A, 2))).isFalse();
    assertThat(window.read()).isEqualTo(1);
    assertThat(window.entries()).hasSize(1);
  }

  @Test
  void aRepeatFollowsWhereTheWindowIsOneTransaction() {
    Window window = window(Repeat.FOLLOWS);
    window.add(upsert(A, 1));
    window.add(upsert(A, 2));
    assertThat(mutations(window)).hasSize(2);
    assertThat(window.superseded()).isZero();
  }

  @Test
  void countsWhatIsFilteredRefusedAndOvertaken() {
    Window window = window(Repeat.SUPERSEDES);
    window.add(item(new Mapped.Filtered()));
    window.add(item(new Mapped.Refused("why", "what to do")));
    window.supersede();
    assertThat(window.filtered()).isEqualTo(1);
    assertThat(window.refused()).hasSize(1);
    assertThat(window.superseded()).isEqualTo(1);
    assertThat(window.read()).isEqualTo(3);
  }
}
