package dev.lockstep.engine.run;

import dev.lockstep.connector.Change;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Unreadable;
import dev.lockstep.engine.reconcile.Item.Arrival;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an item of a run came from: a row of a page, or something there that could not be read as
 * one.
 */
sealed interface FromPage extends Arrival {

  /**
   * A row.
   *
   * @param number its running number in the partition
   */
  record Record(Dataset dataset, Row row, String partition, long number, Instant readAt)
      implements FromPage {
    @Override
    public Change change() {
      return new Change.Upserted(
          dataset.id(), key(), row, Optional.empty(), Change.Mark.at(readAt));
    }

    private Key key() {
      try {
        return dataset.key().isEmpty() ? Key.of(place()) : row.key(dataset.key());
      } catch (Row.NullKeyException e) {
        return Key.of(place());
      }
    }

    @Override
    public String place() {
      return dataset.id() + ", record " + number + (partition.isEmpty() ? "" : " of " + partition);
    }
  }

  /** Something unreadable. */
  record Broken(Dataset dataset, Unreadable record, Instant readAt) implements FromPage {
    @Override
    public Change change() {
      return new Change.Garbled(dataset.id(), record, Change.Mark.at(readAt));
    }

    @Override
    public String place() {
      return record.place();
    }
  }
}
