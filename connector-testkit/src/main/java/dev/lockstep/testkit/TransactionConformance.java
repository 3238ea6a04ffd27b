package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.ChangeReader.ChangeBatch;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Position;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several datasets in one transaction, with the engine's position. */
interface TransactionConformance extends Tried {

  /** Two datasets of a writer that transacts. */
  record Two(Connection connection, Writer writer, Dataset one, Dataset other) {}

  /** What is tried with a writer that transacts. */
  interface Trying {
    void with(Two two) throws InterruptedException;
  }

  private void tried(int records, Trying trying) throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset one = trial().filled(records);
      Dataset shape = trial().harness().shape("others");
      Dataset other = trial().harness().create(shape, Samples.rows(shape, records));
      Connection connection = trial().open();
      Writer writer = Trial.writer(connection);
      if (writer.transacts()) {
        trying.with(new Two(connection, writer, one, other));
      } else {
        assertThatThrownBy(() -> writer.begin(one.id()))
            .isInstanceOf(UnsupportedOperationException.class);
      }
    }
  }

  private Batch upserts(Dataset dataset, List<Row> rows) {
    return trial().batch(dataset, Mode.UPSERT, Trial.upserts(dataset, rows));
  }

  private Batch deletes(Dataset dataset, int... numbers) {
    return trial()
        .batch(
            dataset,
            Mode.UPSERT,
            IntStream.of(numbers)
                .<Mutation>mapToObj(n -> new Mutation.Delete(Samples.key(dataset, n)))
                .toList());
  }

  private static List<Row> rows(Dataset dataset, int from, int to, int version) {
    return IntStream.rangeClosed(from, to).mapToObj(n -> Samples.row(dataset, n, version)).toList();
  }

  private static List<List<Outcome>> write(Writer.Transaction transaction, Batch... batches)
      throws InterruptedException {
    List<List<Outcome>> outcomes = transaction.write(List.of(batches));
    assertThat(outcomes).as("the outcomes of each batch").hasSameSizeAs(batches);
    for (int i = 0; i < batches.length; i++) {
      assertThat(outcomes.get(i)).hasSameSizeAs(batches[i].mutations());
    }
    return outcomes;
  }

  private static void explained(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isNotBlank();
              assertThat(rejected.remedy()).isNotBlank();
            });
  }

  @Test
  default void commitsSeveralDatasetsWithTheLedger() throws InterruptedException {
    tried(
        2,
        two -> {
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            List<Row> changed = rows(two.one(), 2, 3, 1);
            List<Row> added = rows(two.other(), 3, 4, 0);
            assertThat(write(transaction, upserts(two.one(), changed), upserts(two.other(), added)))
                .allSatisfy(outcomes -> assertThat(outcomes).containsOnly(Outcome.APPLIED));
            // Invariant 4: never half.
            trial().holds(two.one(), Samples.rows(two.one(), 2));
            trial().holds(two.other(), Samples.rows(two.other(), 2));
            assertThat(two.writer().ledger(two.one().id(), "all")).isEmpty();
            transaction.commit("all", "position 1 'ü'");
            List<Row> expected = new ArrayList<>(changed);
            expected.add(Samples.row(two.one(), 1, 0));
            trial().holds(two.one(), expected);
            trial().holds(two.other(), Samples.rows(two.other(), 4));
          }
          Writer fresh = Trial.writer(trial().open());
          assertThat(fresh.ledger(two.one().id(), "all")).contains("position 1 'ü'");
        });
  }

  @Test
  default void commitsAtOnceOnlyWhereAllIsApplied() throws InterruptedException {
    tried(
        2,
        two -> {
          List<Batch> fit =
              List.of(
                  upserts(two.one(), rows(two.one(), 2, 3, 1)),
                  upserts(two.other(), rows(two.other(), 3, 4, 0)));
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            if (!transaction.commitIfApplied(fit, "all", "fit")) {
              trial().holds(two.one(), Samples.rows(two.one(), 2));
              transaction.write(fit);
              transaction.commit("all", "fit");
            }
          }
          List<Row> changed = new ArrayList<>(rows(two.one(), 2, 3, 1));
          changed.add(Samples.row(two.one(), 1, 0));
          trial().holds(two.one(), changed);
          trial().holds(two.other(), Samples.rows(two.other(), 4));
          List<Batch> unfit =
              List.of(upserts(two.one(), rows(two.one(), 4, 4, 0)), deletes(two.other(), 9));
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            assertThat(transaction.commitIfApplied(unfit, "all", "unfit")).isFalse();
            trial().holds(two.one(), changed);
            assertThat(two.writer().ledger(two.one().id(), "all")).contains("fit");
            assertThat(transaction.write(unfit))
                .containsExactly(List.of(Outcome.APPLIED), List.of(Outcome.UNCHANGED));
            transaction.commit("all", "unfit");
          }
          changed.add(Samples.row(two.one(), 4, 0));
          trial().holds(two.one(), changed);
          assertThat(two.writer().ledger(two.one().id(), "all")).contains("unfit");
        });
  }

  @Test
  default void takesBackWhatIsNotCommitted() throws InterruptedException {
    tried(
        2,
        two -> {
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            write(transaction, upserts(two.one(), rows(two.one(), 1, 1, 1)));
            transaction.commit("all", "kept");
          }
          List<Row> kept = List.of(Samples.row(two.one(), 1, 1), Samples.row(two.one(), 2, 0));
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            write(
                transaction, upserts(two.one(), rows(two.one(), 1, 5, 2)), deletes(two.other(), 1));
            transaction.clear(List.of(two.other().id()));
          }
          trial().holds(two.one(), kept);
          trial().holds(two.other(), Samples.rows(two.other(), 2));
          assertThat(two.writer().ledger(two.one().id(), "all")).contains("kept");
        });
  }

  @Test
  default void commitsALedgerEntryWithoutRecords() throws InterruptedException {
    tried(
        0,
        two -> {
          for (String entry : List.of("one", "two")) {
            try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
              transaction.commit("all", entry);
            }
            assertThat(two.writer().ledger(two.one().id(), "all")).contains(entry);
          }
        });
  }

  @Test
  default void clearsInItsPlaceAmongTheCalls() throws InterruptedException {
    tried(
        3,
        two -> {
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            write(transaction, upserts(two.one(), rows(two.one(), 4, 4, 0)));
            transaction.clear(List.of(two.one().id(), two.other().id()));
            write(transaction, upserts(two.one(), rows(two.one(), 5, 6, 0)));
            transaction.commit("all", "cleared");
          }
          trial().holds(two.one(), rows(two.one(), 5, 6, 0));
          trial().holds(two.other(), List.of());
        });
  }

  @Test
  default void deletesInATransaction() throws InterruptedException {
    tried(
        3,
        two -> {
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            assertThat(write(transaction, deletes(two.one(), 2, 77)))
                .containsExactly(List.of(Outcome.APPLIED, Outcome.UNCHANGED));
            write(transaction, upserts(two.other(), rows(two.other(), 4, 4, 0)));
            assertThat(write(transaction, deletes(two.other(), 4)))
                .containsExactly(List.of(Outcome.APPLIED));
            transaction.commit("all", "deleted");
          }
          trial()
              .holds(
                  two.one(), List.of(Samples.row(two.one(), 1, 0), Samples.row(two.one(), 3, 0)));
          trial().holds(two.other(), Samples.rows(two.other(), 3));
        });
  }

  @Test
  default void updatesOnlyWhatIsThereInATransaction() throws InterruptedException {
    tried(
        2,
        two -> {
          Row changed = Samples.row(two.one(), 2, 1);
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            List<Row> rows = List.of(changed, Samples.row(two.one(), 3, 1));
            Batch batch = trial().batch(two.one(), Mode.UPDATE, Trial.upserts(two.one(), rows));
            assertThat(write(transaction, batch).getFirst().getFirst()).isEqualTo(Outcome.APPLIED);
            transaction.commit("all", "updated");
          }
          trial().holds(two.one(), List.of(Samples.row(two.one(), 1, 0), changed));
        });
  }

  @Test
  default void keepsWhatIsAbsentInATransaction() throws InterruptedException {
    tried(
        1,
        two -> {
          String text = trial().harness().textField();
          Row partial = Samples.with(Samples.row(two.one(), 1, 1), text, Row.ABSENT);
          Row orphan = Samples.with(Samples.row(two.one(), 2, 1), text, Row.ABSENT);
          Row whole = Samples.row(two.one(), 3, 0);
          if (trial().can(Behaviour.KEEPS_ABSENT)) {
            try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
              List<Outcome> outcomes =
                  write(transaction, upserts(two.one(), List.of(partial, orphan, whole)))
                      .getFirst();
              assertThat(outcomes.get(0)).isEqualTo(Outcome.APPLIED);
              // A record of which a part is not known must not come to be with nulls in its place.
              explained(outcomes.get(1));
              assertThat(outcomes.get(2)).isEqualTo(Outcome.APPLIED);
              transaction.commit("all", "partial");
            }
            Object kept = Samples.row(two.one(), 1, 0).get(text);
            trial().holds(two.one(), List.of(Samples.with(partial, text, kept), whole));
          }
        });
  }

  @Test
  default void rejectsOneBadRecordOfATransactionAlone() throws InterruptedException {
    tried(
        0,
        two -> {
          if (trial().can(Behaviour.REJECTS_ONE)) {
            List<Row> rows = new ArrayList<>(Samples.rows(two.one(), 7));
            rows.set(3, trial().harness().bad(two.one(), rows.get(3)));
            try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
              List<Row> others = Samples.rows(two.other(), 2);
              List<List<Outcome>> outcomes =
                  write(transaction, upserts(two.other(), others), upserts(two.one(), rows));
              assertThat(outcomes.getFirst()).containsOnly(Outcome.APPLIED);
              List<Outcome> rest = new ArrayList<>(outcomes.getLast());
              explained(rest.remove(3));
              assertThat(rest).containsOnly(Outcome.APPLIED);
              List<Row> later = new ArrayList<>(rows(two.other(), 3, 5, 0));
              later.set(1, trial().harness().bad(two.other(), later.get(1)));
              explained(write(transaction, upserts(two.other(), later)).getFirst().get(1));
              transaction.commit("all", "one was bad");
              rows.remove(3);
              trial().holds(two.one(), rows);
              List<Row> both = new ArrayList<>(Samples.rows(two.other(), 3));
              both.add(Samples.row(two.other(), 5, 0));
              trial().holds(two.other(), both);
            }
          }
        });
  }

  @Test
  default void takesALargeTransactionInManyCalls() throws InterruptedException {
    tried(
        1,
        two -> {
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            for (int from = 1; from < 4000; from += 200) {
              write(
                  transaction,
                  upserts(two.one(), rows(two.one(), from, from + 199, 1)),
                  upserts(two.other(), rows(two.other(), from, from + 199, 2)));
            }
            write(transaction, deletes(two.one(), IntStream.rangeClosed(1, 4000).toArray()));
            trial().holds(two.one(), Samples.rows(two.one(), 1));
            transaction.commit("all", "large");
          }
          trial().holds(two.one(), List.of());
          assertThat(trial().harness().rows(two.other())).hasSize(4000);
        });
  }

  @Test
  default void refusesATransactionWhereNothingIs() throws InterruptedException {
    tried(
        1,
        two -> {
          Dataset nowhere =
              Dataset.of(
                  "no_such_dataset", two.one().schema(), two.one().key().toArray(String[]::new));
          try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
            assertThatThrownBy(
                    () -> transaction.write(List.of(upserts(nowhere, Samples.rows(nowhere, 1)))))
                .isInstanceOfSatisfying(
                    ConnectorException.class,
                    e ->
                        assertThat(e.failure())
                            .isInstanceOfAny(Failure.Permanent.class, Failure.Misconfigured.class));
          }
          trial().holds(two.one(), Samples.rows(two.one(), 1));
        });
  }

  @Test
  default void everyTypePassesThroughATransactionUnchanged() throws InterruptedException {
    tried(
        0,
        two -> {
          for (Type type : trial().harness().types()) {
            String name = "held_" + type.label().replaceAll("\\W+", "_");
            Field id = new Field("id", new Type.Int(), false);
            Dataset wanted = Dataset.of(name, Schema.of(id, Field.of("v", type)), "id");
            Dataset dataset = trial().harness().create(wanted, List.of());
            List<Row> rows = new ArrayList<>();
            for (Object value : trial().harness().values(type)) {
              rows.add(Row.of(dataset.schema(), (long) rows.size(), value));
            }
            rows.add(Row.of(dataset.schema(), (long) rows.size(), null));
            Writer writer = Trial.writer(trial().open());
            try (Writer.Transaction transaction = writer.begin(dataset.id())) {
              for (List<Row> each : List.of(rows, rows.reversed())) {
                List<Outcome> outcomes = write(transaction, upserts(dataset, each)).getFirst();
                assertThat(outcomes)
                    .as(type.label())
                    .allMatch(o -> o.equals(Outcome.APPLIED) || o.equals(Outcome.UNCHANGED));
              }
              transaction.commit("all", type.label());
            }
            trial().holds(dataset, rows);
          }
        });
  }

  @Test
  default void marksWhatATransactionWroteByItsOwnHand() throws InterruptedException {
    tried(
        0,
        two -> {
          if (trial().has(Role.CHANGE_READ)) {
            Position start = Feed.subscribe(two.connection(), two.one());
            for (int call = 1; call <= 2; call++) {
              try (Writer.Transaction transaction = two.writer().begin(two.one().id())) {
                write(transaction, upserts(two.other(), rows(two.other(), call, call, 0)));
                write(transaction, upserts(two.one(), rows(two.one(), call, call, 0)));
                transaction.commit("all", "written");
              }
            }
            try (Feed feed = Feed.after(two.connection(), two.one(), start)) {
              List<ChangeBatch> batches = feed.until(Feed.upserted(two.one(), 2, 0), 100);
              List<Change> changes = batches.stream().flatMap(b -> b.changes().stream()).toList();
              assertThat(changes).hasSize(2);
              // Invariant 6: our own write never comes back to us as a change.
              assertThat(changes)
                  .allSatisfy(change ->
                      assertThat(change.mark().origin())
                          .isEqualTo(
                              trial().can(Behaviour.MARKS_ORIGIN)
                                  ? Optional.of(Trial.ORIGIN)
                                  : Optional.empty()));
            }
          }
        });
  }

  @Test
  default void ordersDatasetsByReferenceWithoutLosingOne() throws InterruptedException {
    tried(
        0,
        two -> {
          List<DatasetId> ids = List.of(two.one().id(), two.other().id());
          assertThat(two.writer().inOrderOfReference(ids)).isEqualTo(ids);
        });
  }
}
