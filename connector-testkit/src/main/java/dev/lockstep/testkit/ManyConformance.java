package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Many;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Large batches, of which nothing is said that is not so. */
interface ManyConformance extends Tried {

  private Optional<Many> many(Connection connection, Dataset dataset) throws InterruptedException {
    return trial().has(Role.WRITE) ? Trial.writer(connection).many(dataset.id()) : Optional.empty();
  }

  @Test
  default void writesManyAtOnceAndAgain() throws InterruptedException {
    Dataset dataset = trial().filled(1);
    Connection connection = trial().open();
    Optional<Many> many = many(connection, dataset);
    if (many.isPresent()) {
      List<Row> rows = Samples.rows(dataset, many.get().fromRows());
      Batch batch = trial().batch(dataset, Mode.UPSERT, Trial.upserts(dataset, rows));
      assertThat(Trial.write(connection, batch))
          .hasAtLeastOneElementOfType(Outcome.Applied.class)
          .doesNotHaveAnyElementsOfTypes(Outcome.Rejected.class, Outcome.Deferred.class);
      trial().holds(dataset, rows);
      assertThat(Trial.write(trial().open(), batch))
          .doesNotHaveAnyElementsOfTypes(Outcome.Rejected.class);
      trial().holds(dataset, rows);
    }
  }

  /** The others are there; it is rejected, or left to be written by itself. */
  @Test
  default void oneBadRecordAmongManyIsNotCalledApplied() throws InterruptedException {
    Dataset dataset = trial().filled(0);
    Connection connection = trial().open();
    Optional<Many> many = many(connection, dataset);
    if (many.isPresent() && trial().can(Behaviour.REJECTS_ONE)) {
      List<Row> rows = new ArrayList<>(Samples.rows(dataset, many.get().fromRows() + 1));
      List<Row> good = new ArrayList<>(rows);
      rows.set(1, trial().harness().bad(dataset, rows.get(1)));
      good.remove(1);
      List<Mutation> mutations = Trial.upserts(dataset, rows);
      List<Outcome> outcomes =
          new ArrayList<>(Trial.write(connection, trial().batch(dataset, Mode.UPSERT, mutations)));
      assertThat(outcomes.remove(1))
          .isInstanceOfAny(Outcome.Rejected.class, Outcome.Deferred.class);
      assertThat(outcomes).containsOnly(Outcome.APPLIED);
      trial().holds(dataset, good);
    }
  }
}
