package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer;
import dev.lockstep.connector.Writer.Ability;
import dev.lockstep.connector.Writer.Batch;
import dev.lockstep.connector.Writer.Mode;
import dev.lockstep.connector.Writer.Mutation;
import dev.lockstep.connector.Writer.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Writing only where the record still is as it was read. */
interface ExchangeConformance extends Tried {

  private boolean exchanges(Connection connection, Dataset dataset) throws InterruptedException {
    return Trial.writer(connection).abilities(dataset.id()).contains(Ability.EXCHANGES);
  }

  private Optional<Row> read(Connection connection, Dataset dataset, int n)
      throws InterruptedException {
    Key key = Samples.key(dataset, n);
    return Optional.ofNullable(
        connection.lookup().orElseThrow().find(dataset.id(), List.of(key)).get(key));
  }

  private static Mutation upsert(Dataset dataset, int n, int version) {
    return Trial.upserts(dataset, List.of(Samples.row(dataset, n, version))).getFirst();
  }

  /** In batches no larger than the connection takes. */
  private List<Outcome> exchange(
      Connection connection,
      Dataset dataset,
      List<Mutation> mutations,
      List<Optional<Row>> expected)
      throws InterruptedException {
    Writer writer = Trial.writer(connection);
    List<Outcome> outcomes = new ArrayList<>();
    int from = 0;
    for (Batch batch : trial().batches(connection, dataset, Mode.UPSERT, mutations)) {
      int to = from + batch.mutations().size();
      List<Outcome> some = writer.exchange(batch, expected.subList(from, to));
      assertThat(some).as("one outcome for each mutation").hasSize(to - from);
      outcomes.addAll(some);
      from = to;
    }
    return outcomes;
  }

  @Test
  default void exchangesWhatIsStillAsItWasRead() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(3);
      Connection connection = trial().open();
      if (exchanges(connection, dataset)) {
        assertThat(
                exchange(
                    connection,
                    dataset,
                    List.of(upsert(dataset, 1, 1), upsert(dataset, 4, 0)),
                    List.of(read(connection, dataset, 1), Optional.empty())))
            .containsOnly(Outcome.APPLIED);
        trial()
            .holds(
                dataset,
                List.of(
                    Samples.row(dataset, 1, 1),
                    Samples.row(dataset, 2, 0),
                    Samples.row(dataset, 3, 0),
                    Samples.row(dataset, 4, 0)));
      }
    }
  }

  @Test
  default void overwritesNothingThatCameBetweenReadingAndWriting() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(3);
      Connection connection = trial().open();
      if (exchanges(connection, dataset)) {
        Optional<Row> first = read(connection, dataset, 1);
        Optional<Row> second = read(connection, dataset, 2);
        Row changed = Samples.row(dataset, 1, 2);
        Row come = Samples.row(dataset, 5, 2);
        trial().harness().put(dataset, List.of(changed, come));
        List<Outcome> outcomes =
            exchange(
                connection,
                dataset,
                List.of(upsert(dataset, 1, 1), upsert(dataset, 2, 1), upsert(dataset, 5, 1)),
                List.of(first, second, Optional.empty()));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Deferred.class);
        assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Deferred.class);
        trial()
            .holds(
                dataset,
                List.of(changed, Samples.row(dataset, 2, 1), Samples.row(dataset, 3, 0), come));
      }
    }
  }

  @Test
  default void deletesOnlyWhatIsStillAsItWasRead() throws InterruptedException {
    if (trial().has(Role.WRITE)) {
      Dataset dataset = trial().filled(2);
      Connection connection = trial().open();
      if (exchanges(connection, dataset) && deletes(connection, dataset)) {
        Optional<Row> first = read(connection, dataset, 1);
        Optional<Row> second = read(connection, dataset, 2);
        Row changed = Samples.row(dataset, 1, 2);
        trial().harness().put(dataset, List.of(changed));
        List<Outcome> outcomes =
            exchange(
                connection,
                dataset,
                List.of(
                    new Mutation.Delete(Samples.key(dataset, 1)),
                    new Mutation.Delete(Samples.key(dataset, 2))),
                List.of(first, second));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Deferred.class);
        assertThat(outcomes.get(1)).isEqualTo(Outcome.APPLIED);
        trial().holds(dataset, List.of(changed));
      }
    }
  }

  private boolean deletes(Connection connection, Dataset dataset) throws InterruptedException {
    return Trial.writer(connection).abilities(dataset.id()).contains(Ability.DELETE);
  }
}
