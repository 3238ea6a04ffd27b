package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.BulkReader.Request;
import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Failure;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Special;
import dev.lockstep.connector.Type;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writing batches: an outcome for each record, harmless to repeat. */
interface WriteConformance extends Tried {

  private boolean can(Connection connection, Dataset dataset, Ability ability)
      throws InterruptedException {
    return Trial.writer(connection).abilities(dataset.id()).contains(ability);
  }

  private List<Outcome> write(Connection connection, Dataset dataset, List<Row> rows)
      throws InterruptedException {
    Mode mode = Trial.mode(connection, dataset);
    return trial().write(connection, dataset, mode, Trial.upserts(dataset, rows));
  }

  @Test
  default void createsRecords() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      List<Row> rows = Samples.rows(dataset, 12);
      assertThat(write(trial().open(), dataset, rows)).containsOnly(Outcome.APPLIED);
      trial().holds(dataset, rows);
    }
  }

  @Test
  default void updatesRecordsAndLeavesOthersAlone() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(3);
      Connection connection = trial().open();
      Row changed = Samples.row(dataset, 2, 1);
      Row added = Samples.row(dataset, 4, 0);
      List<Mutation> mutations = Trial.upserts(dataset, List.of(changed, added));
      if (can(connection, dataset, Ability.UPSERT)) {
        assertThat(trial().write(connection, dataset, Mode.UPSERT, mutations))
            .containsExactly(Outcome.APPLIED, Outcome.APPLIED);
        Row first = Samples.row(dataset, 1, 0);
        trial().holds(dataset, List.of(first, changed, Samples.row(dataset, 3, 0), added));
      } else {
        refuses(connection, dataset, Mode.UPSERT, mutations);
        trial().holds(dataset, Samples.rows(dataset, 3));
      }
    }
  }

  /** Every mutation is rejected with reason and remedy, or the call as a whole is refused. */
  private void refuses(Connection connection, Dataset dataset, Mode mode, List<Mutation> mutations)
      throws InterruptedException {
    try {
      assertThat(trial().write(connection, dataset, mode, mutations)).allSatisfy(this::explained);
    } catch (ConnectorException e) {
      assertThat(e.failure()).isInstanceOfAny(Failure.Permanent.class, Failure.Misconfigured.class);
      assertThat(e.failure().message()).isNotBlank();
    }
  }

  private void explained(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isNotBlank();
              assertThat(rejected.remedy()).isNotBlank();
            });
  }

  @Test
  default void repeatingABatchChangesNothing() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      Mode mode = Trial.mode(connection, dataset);
      List<Row> rows = Samples.rows(dataset, 5);
      List<Batch> batches =
          trial().batches(connection, dataset, mode, Trial.upserts(dataset, rows));
      for (Batch batch : batches) {
        Trial.write(connection, batch);
      }
      if (mode == Mode.UPSERT || can(connection, dataset, Ability.DEDUPLICATES)) {
        Connection fresh = trial().open();
        for (Batch batch : batches) {
          assertThat(Trial.write(fresh, batch))
              .doesNotHaveAnyElementsOfTypes(Outcome.Rejected.class, Outcome.Deferred.class);
        }
      }
      trial().holds(dataset, rows);
    }
  }

  @Test
  default void saysUnchangedOnlyWhenItIs() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(2);
      Connection connection = trial().open();
      if (can(connection, dataset, Ability.UPSERT)) {
        Row same = Samples.row(dataset, 1, 0);
        Row other = Samples.row(dataset, 2, 1);
        boolean compares = can(connection, dataset, Ability.COMPARES);
        assertThat(write(connection, dataset, List.of(same, other)))
            .containsExactly(compares ? Outcome.UNCHANGED : Outcome.APPLIED, Outcome.APPLIED);
        trial().holds(dataset, List.of(same, other));
      }
    }
  }

  @Test
  default void keepsWhatIsAbsent() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(1);
      Connection connection = trial().open();
      if (can(connection, dataset, Ability.UPSERT)) {
        Row partial = Samples.with(Samples.row(dataset, 1, 1), text(), Row.ABSENT);
        List<Mutation> mutations = Trial.upserts(dataset, List.of(partial));
        Object kept = Samples.row(dataset, 1, 0).get(text());
        if (trial().can(Behaviour.KEEPS_ABSENT)) {
          assertThat(trial().write(connection, dataset, Mode.UPSERT, mutations))
              .containsExactly(outcomeOfPartial(connection, dataset));
          trial().holds(dataset, List.of(Samples.with(partial, text(), kept)));
        } else {
          refuses(connection, dataset, Mode.UPSERT, mutations);
          trial().holds(dataset, Samples.rows(dataset, 1));
        }
      }
    }
  }

  /** A dataset of nothing but a key and the absent field has nothing to change. */
  private Outcome outcomeOfPartial(Connection connection, Dataset dataset)
      throws InterruptedException {
    boolean nothing = dataset.schema().size() == dataset.key().size() + 1;
    return nothing && can(connection, dataset, Ability.COMPARES)
        ? Outcome.UNCHANGED
        : Outcome.APPLIED;
  }

  private String text() {
    return trial().harness().textField();
  }

  @Test
  default void setsNull() throws InterruptedException {
    holdsOrRefuses(Behaviour.HOLDS_NULL, null);
  }

  @Test
  default void setsEmptyText() throws InterruptedException {
    holdsOrRefuses(Behaviour.HOLDS_EMPTY_TEXT, "");
  }

  private void holdsOrRefuses(Behaviour behaviour, @Nullable Object value)
      throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(1);
      Connection connection = trial().open();
      boolean upsert = can(connection, dataset, Ability.UPSERT);
      Row row = Samples.with(Samples.row(dataset, upsert ? 1 : 2, 1), text(), value);
      if (trial().can(behaviour)) {
        assertThat(write(connection, dataset, List.of(row))).containsExactly(Outcome.APPLIED);
        trial().holds(dataset, upsert ? List.of(row) : List.of(Samples.row(dataset, 1, 0), row));
      } else {
        refuses(
            connection,
            dataset,
            Trial.mode(connection, dataset),
            Trial.upserts(dataset, List.of(row)));
        trial().holds(dataset, Samples.rows(dataset, 1));
      }
    }
  }

  @Test
  default void deletesWhatIsThere() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(3);
      Connection connection = trial().open();
      List<Mutation> mutations = List.of(delete(dataset, 2), delete(dataset, 77));
      if (can(connection, dataset, Ability.DELETE)) {
        assertThat(trial().write(connection, dataset, Mode.UPSERT, mutations))
            .containsExactly(Outcome.APPLIED, Outcome.UNCHANGED);
        trial().holds(dataset, List.of(Samples.row(dataset, 1, 0), Samples.row(dataset, 3, 0)));
      } else {
        refuses(connection, dataset, Trial.mode(connection, dataset), mutations);
        trial().holds(dataset, Samples.rows(dataset, 3));
      }
    }
  }

  private static Mutation delete(Dataset dataset, int n) {
    return new Mutation.Delete(Samples.key(dataset, n));
  }

  @Test
  default void rejectsOneBadRecordAlone() throws InterruptedException {
    if (trial().has(Role.WRITE) && trial().can(Behaviour.REJECTS_ONE)) {
      Dataset dataset = trial().filled(0);
      List<Row> rows = new ArrayList<>(Samples.rows(dataset, 7));
      List<Row> good = new ArrayList<>(rows);
      rows.set(3, trial().harness().bad(dataset, rows.get(3)));
      good.remove(3);
      List<Outcome> outcomes = write(trial().open(), dataset, rows);
      explained(outcomes.get(3));
      outcomes.remove(3);
      assertThat(outcomes).containsOnly(Outcome.APPLIED);
      trial().holds(dataset, good);
    }
  }

  /** What no carrier holds and this system does not know is never stored as if it were a value. */
  @Test
  default void rejectsASpecialValueItDoesNotKnow() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      for (Type type : trial().harness().types()) {
        Field id = new Field("id", new Type.Int(), false);
        String name = "special_" + type.label().replaceAll("\\W+", "_");
        Dataset wanted = Dataset.of(name, Schema.of(id, Field.of("v", type)), "id");
        Dataset dataset = trial().harness().create(wanted, List.of());
        Connection connection = trial().open();
        List<Mutation> mutations =
            Trial.upserts(dataset, List.of(Row.of(wanted.schema(), 1L, new Special("beyond"))));
        refuses(connection, dataset, Trial.mode(connection, dataset), mutations);
        trial().holds(dataset, List.of());
        trial().close(connection);
      }
    }
  }

  @Test
  default void rejectsAFieldThatIsNotThere() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      if (!dataset.open()) {
        List<Field> fields = new ArrayList<>(dataset.schema().fields());
        fields.add(Field.of("no_such_field", Type.Text.unlimited()));
        List<Object> values = new ArrayList<>(List.of(Samples.row(dataset, 1, 0).values()));
        values.add("lost?");
        Row row = new Row(new Schema(fields), values.toArray());
        Connection connection = trial().open();
        Mutation mutation = new Mutation.Upsert(Samples.key(dataset, 1), row);
        refuses(connection, dataset, Trial.mode(connection, dataset), List.of(mutation));
        trial().holds(dataset, List.of());
      }
    }
  }

  @Test
  default void keepsAwkwardAndHugeText() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      List<Row> rows = new ArrayList<>();
      for (String text : Samples.AWKWARD) {
        rows.add(Samples.with(Samples.row(dataset, rows.size() + 1, 0), text(), text));
      }
      String huge = "ü😀x".repeat(trial().harness().hugeText() / 4);
      rows.add(Samples.with(Samples.row(dataset, rows.size() + 1, 0), text(), huge));
      assertThat(write(trial().open(), dataset, rows)).containsOnly(Outcome.APPLIED);
      trial().holds(dataset, rows);
    }
  }

  @Test
  default void everyTypeItDeclaresPassesThroughUnchanged() throws InterruptedException {
    for (Type type : trial().harness().types()) {
      String name = "values_" + type.label().replaceAll("\\W+", "_");
      Field id = new Field("id", new Type.Int(), false);
      Dataset wanted = Dataset.of(name, Schema.of(id, Field.of("v", type)), "id");
      List<Row> rows = new ArrayList<>();
      for (Object value : trial().harness().values(type)) {
        rows.add(Row.of(wanted.schema(), (long) rows.size(), value));
      }
      passesThrough(wanted, rows);
    }
  }

  private void passesThrough(Dataset wanted, List<Row> rows) throws InterruptedException {
    boolean writes = trial().has(Role.WRITE);
    Dataset dataset = trial().harness().create(wanted, writes ? List.of() : rows);
    Connection connection = trial().open();
    if (writes) {
      assertThat(write(connection, dataset, rows))
          .as(wanted.toString())
          .containsOnly(Outcome.APPLIED);
      trial().holds(dataset, rows);
    }
    if (trial().has(Role.BULK_READ)) {
      List<Row> read = Trial.read(Trial.bulk(connection), Request.all(dataset.id()), 1);
      assertThat(Shown.rows(wanted, read))
          .as(wanted.toString())
          .containsExactlyInAnyOrderElementsOf(Shown.rows(wanted, rows));
      read.forEach(row -> BulkReadConformance.carried(dataset.schema(), row));
    }
    trial().close(connection);
  }

  @Test
  default void appendsOrRefusesTo() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(2);
      Connection connection = trial().open();
      List<Row> more = List.of(Samples.row(dataset, 3, 0), Samples.row(dataset, 4, 0));
      if (can(connection, dataset, Ability.APPEND)) {
        List<Mutation> mutations = Trial.upserts(dataset, more);
        assertThat(trial().write(connection, dataset, Mode.APPEND, mutations))
            .containsOnly(Outcome.APPLIED);
        trial().holds(dataset, Samples.rows(dataset, 4));
      } else {
        refuses(connection, dataset, Mode.APPEND, Trial.upserts(dataset, more));
        trial().holds(dataset, Samples.rows(dataset, 2));
      }
    }
  }

  @Test
  default void takesSeveralWritersAtOnce() throws Exception {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Connection connection = trial().open();
      List<Row> rows = Samples.rows(dataset, 80);
      Mode mode = Trial.mode(connection, dataset);
      Writer writer = Trial.writer(connection);
      List<Callable<List<Outcome>>> work = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += 10) {
        List<Mutation> part = Trial.upserts(dataset, rows.subList(from, from + 10));
        for (Batch batch : trial().batches(connection, dataset, mode, part)) {
          work.add(() -> writer.write(batch));
        }
      }
      int most = connection.limits(dataset.id()).concurrentCalls().orElse(8);
      try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(8, most))) {
        for (Future<List<Outcome>> outcomes : threads.invokeAll(work)) {
          assertThat(outcomes.get()).containsOnly(Outcome.APPLIED);
        }
      }
      trial().holds(dataset, rows);
    }
  }

  @Test
  default void refusesToWriteWhereNothingIs() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(0);
      Dataset nowhere =
          Dataset.of("no_such_dataset", dataset.schema(), dataset.key().toArray(String[]::new));
      Connection connection = trial().open();
      List<Mutation> mutations = Trial.upserts(nowhere, Samples.rows(nowhere, 1));
      refuses(connection, nowhere, Trial.mode(connection, dataset), mutations);
    }
  }
}
