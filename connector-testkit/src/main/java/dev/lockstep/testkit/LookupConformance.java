package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.Connection;
import dev.lockstep.connector.ConnectorSpec.Role;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Lookup;
import dev.lockstep.connector.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Finding records by key. */
interface LookupConformance extends Tried {

  @Test
  default void findsOnlyWhatExists() throws InterruptedException {
    if (trial().has(Role.LOOKUP)) {
      Dataset dataset = trial().filled(5);
      Connection connection = trial().open();
      Lookup lookup = connection.lookup().orElseThrow();
      Map<Key, Row> found = new HashMap<>(lookup.find(dataset.id(), List.of()));
      assertThat(found).isEmpty();
      for (int n : List.of(2, 5, 901)) {
        found.putAll(lookup.find(dataset.id(), List.of(Samples.key(dataset, n))));
      }
      assertThat(found).containsOnlyKeys(Samples.key(dataset, 2), Samples.key(dataset, 5));
      found.forEach((key, row) -> {
        assertThat(row.key(dataset.key())).isEqualTo(key);
        BulkReadConformance.carried(dataset.schema(), row);
      });
      assertThat(Shown.rows(dataset, found.values()))
          .containsExactlyInAnyOrderElementsOf(
              Shown.rows(dataset, List.of(Samples.row(dataset, 2, 0), Samples.row(dataset, 5, 0))));
    }
  }

  @Test
  default void findsSeveralAtOnce() throws InterruptedException {
    if (trial().has(Role.LOOKUP)) {
      Dataset dataset = trial().filled(5);
      Connection connection = trial().open();
      int most = Math.min(5, connection.limits(dataset.id()).batchRows());
      List<Key> keys = Samples.rows(dataset, most).stream().map(r -> r.key(dataset.key())).toList();
      Map<Key, Row> found = connection.lookup().orElseThrow().find(dataset.id(), keys);
      assertThat(found).containsOnlyKeys(keys.toArray(Key[]::new));
    }
  }
}
