package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.BulkReader;
import dev.lockstep.connector.BulkReader.Page;
import dev.lockstep.connector.BulkReader.Partition;
import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.BulkReader.RowPlaces;
import dev.lockstep.connector.BulkReader.Since;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Cursor;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Reading the records that exist: each once, in parts, resumable anywhere. */
interface BulkReadConformance extends Tried {
  int RECORDS = 25;

  private static Request request(Dataset dataset) {
    return new Request(dataset.id(), List.of(), Optional.empty(), 4);
  }

  static void drain(BulkReader reader, Dataset dataset) {
    try {
      Trial.read(reader, request(dataset), 2);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  default void readsEveryRecordOnceInAnyNumberOfParts() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      BulkReader reader = Trial.bulk(trial().open());
      for (int parts : List.of(1, 2, 7)) {
        assertThat(reader.plan(request(dataset), parts)).hasSizeBetween(1, parts);
        List<Row> rows = Trial.read(reader, request(dataset), parts);
        assertThat(Shown.rows(dataset, rows))
            .as(parts + " parts")
            .containsExactlyInAnyOrderElementsOf(
                Shown.rows(dataset, Samples.rows(dataset, RECORDS)));
        rows.forEach(row -> carried(dataset.schema(), row));
      }
    }
  }

  /** Every value is null, absent or of its type's carrier. */
  static void carried(Schema expected, Row row) {
    for (Field field : row.schema().fields()) {
      Object value = row.get(field.name());
      if (value != null && value != Row.ABSENT) {
        assertThat(value).as(field.toString()).isInstanceOf(field.type().carrier());
      }
      int index = expected.indexOf(field.name());
      if (index >= 0) {
        assertThat(field.type())
            .as("the type of " + field.name())
            .isEqualTo(expected.field(index).type());
      }
    }
  }

  /** It may be empty, but not wrong by far; and of what is small an exact number costs nothing. */
  @Test
  default void estimatesHowManyRecordsThereAreBeforeAndAfterReadingThem()
      throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      BulkReader reader = Trial.bulk(trial().open());
      near(reader.estimate(request(dataset)));
      assertThat(Trial.read(reader, request(dataset), 2)).hasSize(RECORDS);
      near(reader.estimate(request(dataset)));
    }
  }

  private static void near(OptionalLong estimate) {
    estimate.ifPresent(
        records -> assertThat(records).as("the estimate").isBetween(RECORDS / 2L, RECORDS * 2L));
  }

  /** A source need not say where its rows stand; one that does says it of each. */
  @Test
  default void rowsThatHaveAPlaceAreFoundByItAfterTheReadIsOver() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      BulkReader reader = Trial.bulk(trial().open());
      for (Partition partition : reader.plan(request(dataset), 2)) {
        for (Page page : Trial.pages(reader, partition, Optional.empty())) {
          placed(page);
        }
      }
    }
  }

  private static void placed(Page page) {
    List<String> places = new ArrayList<>();
    for (int row = 0; row < page.rows().size(); row++) {
      places.add(page.places().of(row));
    }
    if (page.places() == RowPlaces.UNKNOWN) {
      assertThat(places).allMatch(String::isEmpty);
    } else {
      assertThat(places).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }
  }

  @Test
  default void resumesAfterEveryPageWithoutGapOrRepeat() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      Connection first = trial().open();
      List<String> tokens =
          Trial.bulk(first).plan(request(dataset), 2).stream().map(Partition::token).toList();
      trial().close(first);
      for (String token : tokens) {
        // Nothing but the two texts may be needed: a restart has nothing else.
        resumesEverywhere(dataset, new Partition(dataset.id(), token));
      }
    }
  }

  private void resumesEverywhere(Dataset dataset, Partition partition) throws InterruptedException {
    List<Page> pages = Trial.pages(Trial.bulk(trial().open()), partition, Optional.empty());
    List<String> all = shown(dataset, pages);
    int read = 0;
    for (Page page : pages) {
      read += page.rows().size();
      Position after = new Position(page.resumeAfter().token());
      Connection fresh = trial().open();
      List<Page> rest = Trial.pages(Trial.bulk(fresh), partition, Optional.of(after));
      trial().close(fresh);
      assertThat(shown(dataset, rest))
          .as("what follows " + after)
          .containsExactlyElementsOf(all.subList(read, all.size()));
    }
  }

  private static List<String> shown(Dataset dataset, List<Page> pages) {
    return pages.stream().flatMap(page -> Shown.rows(dataset, page.rows()).stream()).toList();
  }

  @Test
  default void readsAnEmptyDataset() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(0);
      assertThat(Trial.read(Trial.bulk(trial().open()), request(dataset), 3)).isEmpty();
    }
  }

  @Test
  default void sendsTheFieldsAskedFor() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(3);
      List<String> wanted = List.of(trial().harness().textField(), dataset.key().getFirst());
      Request some = new Request(dataset.id(), wanted, Optional.empty(), 4);
      List<Row> rows = Trial.read(Trial.bulk(trial().open()), some, 1);
      Schema schema =
          new Schema(
              dataset.schema().fields().stream().filter(f -> wanted.contains(f.name())).toList());
      Dataset narrow = new Dataset(dataset.id(), schema, List.of(), true);
      assertThat(Shown.rows(narrow, rows))
          .containsExactlyInAnyOrderElementsOf(Shown.rows(narrow, Samples.rows(dataset, 3)));
    }
  }

  @Test
  default void readsSinceAValueInclusively() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(9);
      BulkReader reader = Trial.bulk(trial().open());
      Optional<Field> cursor = cursorField(reader, dataset);
      assertThat(cursor.isPresent())
          .as("some field can bound a read, unless that is waived")
          .isEqualTo(trial().can(Behaviour.READS_SINCE));
      if (cursor.isPresent()) {
        readsFrom(reader, dataset, cursor.get());
      }
    }
  }

  private static Optional<Field> cursorField(BulkReader reader, Dataset dataset)
      throws InterruptedException {
    for (Field field : dataset.schema().fields()) {
      if (reader.canReadSince(dataset.id(), field.name())) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  private static void readsFrom(BulkReader reader, Dataset dataset, Field field)
      throws InterruptedException {
    Object bound = Samples.value(field.type(), 5, 0);
    Request since =
        new Request(dataset.id(), List.of(), Optional.of(new Since(field.name(), bound)), 2);
    List<Row> expected = Samples.rows(dataset, 9).subList(4, 9);
    for (int parts : List.of(1, 3)) {
      assertThat(Shown.rows(dataset, Trial.read(reader, since, parts)))
          .containsExactlyInAnyOrderElementsOf(Shown.rows(dataset, expected));
    }
  }

  @Test
  default void refusesToReadSinceAFieldItCannotOrder() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(2);
      BulkReader reader = Trial.bulk(trial().open());
      List<String> names = new ArrayList<>(dataset.schema().names());
      names.add("no_such_field");
      for (String name : names) {
        if (!reader.canReadSince(dataset.id(), name)) {
          Since since = new Since(name, Samples.value(type(dataset, name), 1, 0));
          Request request = new Request(dataset.id(), List.of(), Optional.of(since), 4);
          refused(() -> Trial.read(reader, request, 1), "since " + name);
        }
      }
      assertThat(reader.canReadSince(dataset.id(), "no_such_field")).isFalse();
    }
  }

  private static Type type(Dataset dataset, String field) {
    int index = dataset.schema().indexOf(field);
    return index < 0 ? new Type.Int() : dataset.schema().field(index).type();
  }

  /** The work fails as permanent, in words. */
  static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String what) {
    assertThatThrownBy(work)
        .as(what)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.failure())
                  .isInstanceOfAny(
                      Failure.Permanent.class,
                      Failure.Misconfigured.class,
                      Failure.PositionLost.class);
              assertThat(e.failure().message()).isNotBlank();
            });
  }

  @Test
  default void refusesToReadWhatIsNotThere() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      trial().filled(1);
      BulkReader reader = Trial.bulk(trial().open());
      refused(
          () -> Trial.read(reader, Request.all(new DatasetId("no_such_dataset")), 1),
          "a dataset that does not exist");
    }
  }

  @Test
  default void refusesAPositionThatIsNotItsOwn() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(3);
      BulkReader reader = Trial.bulk(trial().open());
      Partition partition = reader.plan(request(dataset), 1).getFirst();
      Optional<Position> foreign = Optional.of(new Position("?foreign:position?"));
      refused(() -> Trial.pages(reader, partition, foreign), "a foreign position");
    }
  }

  @Test
  default void anInterruptCancelsARead() throws InterruptedException {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      BulkReader reader = Trial.bulk(trial().open());
      Partition partition = reader.plan(request(dataset), 1).getFirst();
      try (Cursor<Page> cursor = reader.read(partition, Optional.empty())) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(cursor::next).isInstanceOf(InterruptedException.class);
      } finally {
        Thread.interrupted();
      }
    }
  }

  @Test
  default void anInterruptCancelsABlockedRead() throws Exception {
    if (trial().has(Role.BULK_READ)) {
      Dataset dataset = trial().filled(RECORDS);
      BulkReader reader = Trial.bulk(trial().open());
      Partition partition = reader.plan(request(dataset), 1).getFirst();
      Optional<Harness.Stall> stall = trial().harness().stall();
      assertThat(stall.isPresent())
          .as("the harness can make a read block, unless that is waived")
          .isEqualTo(trial().can(Behaviour.BLOCKED_READ));
      if (stall.isPresent()) {
        try {
          interrupted(
              stall.get()::awaitBlocked, () -> Trial.pages(reader, partition, Optional.empty()));
        } finally {
          stall.get().release();
        }
      }
    }
  }

  /** Runs the work on its own thread, interrupts it once it blocks, and expects that to end it. */
  static void interrupted(Blocking blocked, java.util.concurrent.Callable<?> work)
      throws Exception {
    FutureTask<Object> task = new FutureTask<>(() -> (Object) work.call());
    Thread thread = Thread.ofVirtual().start(task);
    blocked.await();
    thread.interrupt();
    try {
      Object answer = task.get(Await.LONGEST.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("an interrupted call answered " + answer);
    } catch (TimeoutException e) {
      throw new AssertionError("an interrupt does not end the call", e);
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(InterruptedException.class);
    }
  }

  /** Waits until something blocks. */
  interface Blocking {
    void await() throws InterruptedException;
  }
}
