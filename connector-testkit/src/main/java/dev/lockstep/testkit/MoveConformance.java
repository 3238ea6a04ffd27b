package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that move to other keys with fields that were not sent. */
interface MoveConformance extends Tried {

  /** Writes a batch, somehow. */
  interface Writing {
    List<Outcome> write(Writer writer, Batch batch) throws InterruptedException;
  }

  private Row partial(Dataset dataset, int n) {
    return Samples.with(Samples.row(dataset, n, 1), trial().harness().textField(), Row.ABSENT);
  }

  /** The record that is at {@code n} now and was at another key before. */
  private Row moved(Dataset dataset, int from, int n) {
    String text = trial().harness().textField();
    return Samples.with(partial(dataset, n), text, Samples.row(dataset, from, 0).get(text));
  }

  private Mutation move(Dataset dataset, int from, int to) {
    return new Mutation.Move(
        Samples.key(dataset, from), Samples.key(dataset, to), partial(dataset, to));
  }

  private void moves(Writing writing) throws InterruptedException {
    Dataset dataset = trial().filled(6);
    Connection connection = trial().open();
    Writer writer = Trial.writer(connection);
    if (!writer.abilities(dataset.id()).contains(Ability.MOVES)
        || connection.limits(dataset.id()).batchRows() < 8) {
      return;
    }
    List<Mutation> mutations =
        List.of(
            // One goes away, two exchange keys, one takes another's place that goes, and one was
            // moved before; one is nowhere.
            new Mutation.Delete(Samples.key(dataset, 1)),
            move(dataset, 1, 11),
            move(dataset, 2, 3),
            move(dataset, 3, 2),
            move(dataset, 4, 5),
            move(dataset, 5, 4),
            move(dataset, 16, 6),
            move(dataset, 20, 21));
    List<Outcome> outcomes = writing.write(writer, trial().batch(dataset, Mode.UPSERT, mutations));
    assertThat(outcomes).hasSameSizeAs(mutations);
    assertThat(outcomes.subList(1, 6)).containsOnly(Outcome.APPLIED);
    assertThat(outcomes.get(6)).isIn(Outcome.APPLIED, Outcome.UNCHANGED);
    assertThat(outcomes.get(7))
        .as("a record of which a part is not known")
        .isInstanceOf(Outcome.Rejected.class);
    trial()
        .holds(
            dataset,
            List.of(
                moved(dataset, 1, 11),
                moved(dataset, 2, 3),
                moved(dataset, 3, 2),
                moved(dataset, 4, 5),
                moved(dataset, 5, 4),
                moved(dataset, 6, 6)));
  }

  @Test
  default void movesRecordsWithWhatWasNotSent() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      moves(Writer::write);
    }
  }

  @Test
  default void movesRecordsInATransaction() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      moves((writer, batch) -> {
        if (!writer.transacts()) {
          return writer.write(batch);
        }
        try (Writer.Transaction transaction = writer.begin(batch.dataset())) {
          List<Outcome> outcomes = transaction.write(List.of(batch)).getFirst();
          transaction.commit("all", "moved");
          return outcomes;
        }
      });
    }
  }
}
