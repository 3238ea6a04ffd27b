package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetCreator;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Writer.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Creating a dataset that the target lacks. */
interface CreateConformance extends Tried {

  @Test
  default void createsADatasetAndThenLetsItBe() throws InterruptedException {
    if (trial().has(Role.CREATE)) {
      Dataset dataset = trial().harness().shape("created");
      trial().harness().announce(dataset);
      Connection connection = trial().open();
      DatasetCreator creator = connection.creator().orElseThrow();
      assertThat(creator.statement(dataset)).isNotBlank();
      creator.create(dataset);
      Dataset described = connection.describe(dataset.id()).orElseThrow();
      assertThat(described.key()).isEqualTo(dataset.key());
      assertThat(described.schema().names()).containsAll(dataset.schema().names());
      fillsAndKeeps(connection, creator, dataset);
    }
  }

  private void fillsAndKeeps(Connection connection, DatasetCreator creator, Dataset dataset)
      throws InterruptedException {
    List<Row> rows = Samples.rows(dataset, 3);
    if (trial().has(Role.WRITE)) {
      assertThat(
              trial()
                  .write(
                      connection,
                      dataset,
                      Trial.mode(connection, dataset),
                      Trial.upserts(dataset, rows)))
          .containsOnly(Outcome.APPLIED);
    }
    creator.create(dataset);
    trial().open().creator().orElseThrow().create(dataset);
    trial().holds(dataset, trial().has(Role.WRITE) ? rows : List.of());
  }
}
